"""Parties, agreements and memberships."""

from partnerships.models.agreements import Agreement, AgreementParty, AgreementTerms
from partnerships.models.life import AgreementVersion, PhaseTwo, Step
from partnerships.models.members import Membership, Role
from partnerships.models.parties import Coverage, Municipality, Organisation, OrganisationName
from partnerships.models.points import Point, WorkflowStep

__all__ = [
    "Agreement",
    "AgreementParty",
    "AgreementTerms",
    "AgreementVersion",
    "Coverage",
    "Membership",
    "Municipality",
    "Organisation",
    "OrganisationName",
    "PhaseTwo",
    "Point",
    "Role",
    "Step",
    "WorkflowStep",
]
