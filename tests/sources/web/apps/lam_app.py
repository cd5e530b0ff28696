from aws_lambda_powertools.event_handler import APIGatewayRestResolver

app = APIGatewayRestResolver(enable_validation=True)


@app.get("/todos/<todo_id>")
def todo(todo_id: int) -> dict:
    "One todo"
    return {}


def handler(event, context):
    return app.resolve(event, context)
