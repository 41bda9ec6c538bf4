"""May the stage be left? Criteria and evidence in, an answer with its reasons out; and who decided what and why.

Each folder uses those above it and none below:

* `criteria`: what is asked; the language of `gates.yaml`
* `facts`: what is known to answer it
* `asking`: what the facts say to it
* `deciding`: what people may say to it
* `showing`: how it is told
"""
