from chalice import Chalice

app = Chalice(app_name="helloworld")


@app.route("/cities/{city}", methods=["GET", "PUT"])
def city(city):
    "A city."
    return {}
