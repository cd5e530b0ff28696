import connexion


def hello(name):
    return {"hi": name}


app = connexion.FlaskApp(__name__, specification_dir=".")
app.add_api("conn.yaml")
