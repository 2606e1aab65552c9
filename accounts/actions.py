"""What people do with their own accounts."""

from accounts.models import User


def change_profile(  # noqa: PLR0913 (each argument is a field of the form)
    user: User,
    *,
    first_name: str,
    last_name: str,
    email: str,
    language: str,
    keys: bool = True,
    by: User,
    **mails: bool,
) -> User:
    """Record how a person is called and reached, in which language, by keys, and by which mails.

    `mails` are columns of the user by name: `mail_daily`, `mail_weekly`, `mail_invitations`.
    """
    if by != user:
        raise PermissionError("a profile is changed by the person it describes")
    user.first_name, user.last_name = first_name, last_name
    user.email, user.language, user.keys = email, language, keys
    for name, wanted in mails.items():
        setattr(user, name, wanted)
    user.save(update_fields=["first_name", "last_name", "email", "language", "keys", *mails])
    return user


def choose_language(user: User, *, language: str, by: User) -> User:
    """Record in which language the pages speak to a person."""
    if by != user:
        raise PermissionError("a language is chosen by the person who reads it")
    user.language = language
    user.save(update_fields=["language"])
    return user


def remember_list(user: User, *, name: str, address: str, by: User) -> User:
    """Record how a list was last narrowed, so that it opens so again; no citizen stands in it."""
    if by != user:
        raise PermissionError("a list is narrowed by the person who reads it")
    user.lists = {**user.lists, name: address}
    user.save(update_fields=["lists"])
    return user
