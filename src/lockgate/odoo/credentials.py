"""Who asks? An API key or a login with its password; neither ever shows itself."""

from dataclasses import dataclass

from lockgate.kernel.secret import Secret


@dataclass(frozen=True)
class ApiKey:
    """A key of one user. The login is needed only where a server is older than Odoo 19."""

    key: Secret
    login: str | None = None

    @property
    def secret(self) -> Secret:
        """What proves who is asking: to older servers a key is a password."""
        return self.key


@dataclass(frozen=True)
class Password:
    """A user's login and password."""

    login: str
    password: Secret

    @property
    def secret(self) -> Secret:
        """What proves who is asking."""
        return self.password


Credentials = ApiKey | Password
