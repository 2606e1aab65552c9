"""Parties, agreements and memberships."""

from partnerships.models.agreements import Agreement, AgreementParty, AgreementTerms
from partnerships.models.members import Membership, Role
from partnerships.models.parties import Coverage, Municipality, Organisation, OrganisationName

__all__ = [
    "Agreement",
    "AgreementParty",
    "AgreementTerms",
    "Coverage",
    "Membership",
    "Municipality",
    "Organisation",
    "OrganisationName",
    "Role",
]
