"""What words of requests and descriptions mean: which tell nothing, what verbs ask for, what else things are called.

English, and of no API in particular. A line is a word and what else it may be called.
"""

from __future__ import annotations

from typing import Literal

Act = Literal["list", "get", "create", "update", "delete", "do"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _lines(text: str) -> dict[str, tuple[str, ...]]:
    return {
        word: tuple(others.split()) for word, _, others in (line.partition(":") for line in text.strip().split("\n"))
    }


STOP = _words("""
    a about all an and any are as at automatically be been by can could did do does for from get gets give has
    have how i if in into is it its let like made make many me much my of on one onto or our people please she
    so some somebody someone that the their them there these they this those to up us want was we were what when
    where which who whom whose will with within would you your
""")
"""Words that tell nothing."""

ACTS: dict[Act, frozenset[str]] = {
    "create": _words("""
        add apply approve ask assign attach comment create enable invite make new open post publish react
        register reply run start submit upload write
    """),
    "delete": _words("""
        clear delete destroy disable drop erase remove revoke unassign
    """),
    "update": _words("""
        change close edit mark modify move protect rename reopen replace set update
    """),
    "list": _words("""
        all are browse every find how list search which who whom
    """),
    "get": _words("""
        check download fetch get is latest look read see show view what
    """),
}
"""What the verbs of requests ask for."""

METHODS: dict[str, tuple[Act, ...]] = {
    "POST": ("create", "do"), "PUT": ("update", "create"), "PATCH": ("update",), "DELETE": ("delete",),
}  # fmt: skip
"""What HTTP methods do."""

SHORT: dict[str, tuple[str, ...]] = _lines("""
repo: repository
repos: repository
pr: pull request
prs: pull request
mr: merge request
org: organization
orgs: organization
organisation: organization
auth: authentication
msg: message
msgs: message
doc: document
docs: document
config: configuration
info: information
pic: image
photo: image
picture: image
mail: email
e: email
env: environment
app: application
apps: application
dir: directory
folder: directory
id: identifier
cmd: command
ci: workflow
pipeline: workflow
db: database
""")
"""Short forms and what they are short for; requests and descriptions are both read so."""

ALIKE: dict[str, tuple[str, ...]] = _lines("""
open: create
add: create
new: create
make: create
start: create run
publish: create
write: create generate
run: dispatch trigger create execute
trigger: dispatch run
remove: delete
drop: delete
destroy: delete
erase: delete
edit: update
change: update
modify: update
rename: update
close: update
reopen: update
set: update replace
show: get
read: get content
view: get
visit: view visitor
fetch: get
see: get list
find: search
look: search get
search: find
ask: request
assign: assignee add
approve: review accept
comment: reply
answer: reply
invite: invitation
starred: star stargazer
star: stargazer
watch: watcher subscription subscribe
follow: follower
contribute: contributor
member: membership
person: user
people: user
account: user
profile: user
bio: user profile
activity: event
permission: access role
conversation: discussion thread
project: repository
protect: protection
deploy: deployment
upload: asset create
subscribe: subscription
cancel: stop abort
stop: cancel
buy: order purchase
order: purchase
pay: payment charge
refund: return
login: session token
key: token
money: balance payment
customer: client
picture: image
thumb: reaction
react: reaction
hook: webhook
notify: notification
log: logs
file: content
schedule: cron
copy: duplicate clone
send: create post
rerun: re run
save: create update store
sign: signature
version: revision
price: pricing cost
topic: tag
directory: content
download: get
lock: lock
build: run
job: task
location: address
enable: create
""")
"""What else the word of a request may be called in a description."""

SELF = _words("i me my mine am")
OWN = _words("authenticated current self own")
"""Who asks, in requests and in descriptions."""

PEOPLE = _words("who whom somebody someone anybody anyone people")
ARTICLES = _words("a an the my all this that")
