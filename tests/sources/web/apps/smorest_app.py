import marshmallow as ma
from flask import Flask
from flask_smorest import Api, Blueprint

app = Flask(__name__)
app.config.update(API_TITLE="Pets", API_VERSION="v1", OPENAPI_VERSION="3.0.2")
api = Api(app)
blp = Blueprint("pets", "pets", url_prefix="/pets")


class Pet(ma.Schema):
    name = ma.fields.String()


@blp.route("/<int:pid>")
@blp.response(200, Pet)
def one(pid):
    "Get one pet"
    return {"name": "x"}


api.register_blueprint(blp)
