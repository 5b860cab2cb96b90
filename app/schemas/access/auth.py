"""Log-in and sessions."""

from typing import Annotated

from pydantic import Field, SecretStr

from app.core.texts import OPAQUE, Name
from app.core.types import Body, Id, OptionalRef, Read
from app.schemas.access.users import UserName
from app.schemas.base.settings import Logo

Password = Annotated[SecretStr, Field(max_length=200)]
Secret = Annotated[str, OPAQUE, Field(min_length=10, max_length=200)]


class TokenRead(Read):
    """A session: the access token for the Authorization header; mobile apps also keep the refresh token."""

    access_token: str
    token_type: str
    expires_in: Annotated[int, Field(description="Seconds.")]
    scope: Annotated[
        str | None, Field(description="The rights that it is limited to, if it is; else all of the person's.")
    ]
    refresh_token: Annotated[str | None, Field(description="For client=mobile; browsers get a cookie.")]
    device_token: Annotated[
        str | None, Field(description="For client=mobile, to be sent with the next log-in: by it the device is known.")
    ]


class RefreshBody(Body):
    """Mobile apps send their refresh token here; browsers send nothing."""

    refresh_token: Secret | None = None


class PasswordBody(Body):
    """A change of one's own password."""

    current_password: Password
    new_password: Password


class LinkBody(Body):
    """A password set through a one-time link."""

    token: Secret
    new_password: Password


class SetupBody(Body):
    """The first administrator."""

    token: Secret
    user_name: UserName
    name: Name
    password: Password


class DemoBody(Body):
    """Which person of the demo company to be."""

    user_id: Id


class DemoPerson(Read):
    """A person of the demo company on the log-in page."""

    id: int
    name: str
    role: str
    department: OptionalRef


class StateRead(Read):
    """What the log-in page has to know before anybody is signed in."""

    version: str
    company_name: str
    company_logo: Logo
    language: str
    needs_setup: bool
    demo: Annotated[bool, Field(description="People of the demo company are offered to you.")]
    people: list[DemoPerson]
