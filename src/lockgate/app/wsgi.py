"""What does the web server call? Django, with the settings of the environment."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lockgate.app.settings")
application = get_wsgi_application()
