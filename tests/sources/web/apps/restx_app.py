from flask import Flask
from flask_restx import Api, Resource


def create_app():
    app = Flask(__name__)
    api = Api(app, title="Todo")

    @api.route("/todo/<int:id>")
    class Todo(Resource):
        def get(self, id):
            """Get."""
            return {}

    return app
