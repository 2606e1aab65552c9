"""What people do with their own accounts."""

from accounts.models import User


def change_profile(  # noqa: PLR0913 (each argument is a field of the form)
    user: User, *, first_name: str, last_name: str, email: str, language: str, by: User
) -> User:
    """Record how a person is called, reached, and in which language the pages speak."""
    if by != user:
        raise PermissionError("a profile is changed by the person it describes")
    user.first_name, user.last_name = first_name, last_name
    user.email, user.language = email, language
    user.save(update_fields=["first_name", "last_name", "email", "language"])
    return user


def choose_language(user: User, *, language: str, by: User) -> User:
    """Record in which language the pages speak to a person."""
    if by != user:
        raise PermissionError("a language is chosen by the person who reads it")
    user.language = language
    user.save(update_fields=["language"])
    return user
