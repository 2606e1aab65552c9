"""Who may open what: every page of the project, for everyone."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from activities.models import Activity, Invoice, Referral, Session
from courses.models import Absence, Choice, Course, Flag, MemberFile, Party
from forums.actions.surveys import give_links
from forums.models import AgendaPoint, Decision, Forum, ForumMeeting, Member, Survey
from frames.actions import open_frame, reserve
from frames.models import Frame
from handovers.models import Departure, SicknessTalk
from letters.models import Letter, LetterText
from meetings.batch_words import told
from meetings.citizen_links import token_of
from meetings.models import (
    Agreed,
    Batch,
    CalendarFeed,
    CitizenLink,
    Enrolment,
    GroupMeeting,
    Meeting,
    Notification,
    Question,
)
from notices.models import Notice
from partnerships.models import Agreement, Organisation, Role
from selfservice.models import Statement
from slots.actions.withdrawing import WITHDRAWN
from slots.models import NoTimes, Pool, Slot, Withdrawal, WithdrawnTime
from staffing.models import (
    AllowedHost,
    BusySource,
    ClosingDay,
    Competence,
    Leave,
    WorkingHours,
)
from tests.activities.worlds import ALL_PAGES, activities_of, arguments_of
from tests.factories import (
    AbsenceFactory,
    AgreedFactory,
    AgreementFactory,
    AKasseFactory,
    BatchRowFactory,
    CalendarFeedFactory,
    ChoiceFactory,
    CitizenFactory,
    CourseFactory,
    CoverageFactory,
    DepartureFactory,
    DutyFactory,
    EntryDecisionFactory,
    FlagFactory,
    HandoverFactory,
    LetterFactory,
    MeetingFactory,
    NoShowFactory,
    NotificationFactory,
    OrganisationFactory,
    QuestionFactory,
    SicknessTalkFactory,
    UserFactory,
    moment,
)
from tests.forums.worlds import forum_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NOW = moment(TODAY, 10, 12)
NAME = "Quistorff"

# case: caseworker of the course's jobcentre; job: consultant of its a-kasse; lead: coordinator
# there; case2, job2: the same of another municipality and a-kasse; plan: booking coordinator;
# agre: agreement administrator; stee: steering group; fina: finance; prov: provider; root: system
# administrator; none: no party.
WHO = "anon case job  lead case2 job2 plan agre stee fina prov root none"
# fmt: off
GET = {
    "livez":                     "200 200 200 200 200 200 200 200 200 200 200 200 200",
    "readyz":                    "200 200 200 200 200 200 200 200 200 200 200 200 200",
    "sign-in":                   "200 302 302 302 302 302 302 302 302 302 302 302 302",
    "accessibility":             "200 200 200 200 200 200 200 200 200 200 200 200 200",
    "profile":                   "302 200 200 200 200 200 200 200 200 200 200 200 200",
    "change-password":           "302 200 200 200 200 200 200 200 200 200 200 200 200",
    "notices:list":              "302 200 200 200 200 200 200 200 200 200 200 200 200",
    "partnerships:front_door":   "302 302 302 302 302 302 302 302 302 302 302 302 302",
    "partnerships:nothing_here": "302 200 200 200 200 200 200 200 200 200 200 200 200",
    "partnerships:agreements":   "302 200 404 200 200 404 404 200 200 200 404 200 404",
    "partnerships:agreement":    "302 200 404 200 404 404 404 200 200 200 404 200 404",
    "agreements:new":            "302 404 404 404 404 404 404 200 404 404 404 404 404",
    "agreements:take_step":     "302 404 404 404 404 404 404 200 404 404 404 404 404",
    "agreements:notice":        "302 404 404 404 404 404 404 200 404 404 404 404 404",
    "agreements:points":        "302 200 404 200 404 404 404 200 200 200 404 200 404",
    "agreements:point":         "302 404 404 404 404 404 404 200 404 404 404 404 404",
    "agreements:workflows":     "302 200 404 200 404 404 404 200 200 200 404 200 404",
    "agreements:versions":      "302 200 404 200 404 404 404 200 200 200 404 200 404",
    "agreements:compare":        "302 200 404 200 404 404 404 200 200 200 404 200 404",
    "agreements:step":           "302 404 404 404 404 404 404 200 404 404 404 404 404",
    "frames:list":               "302 200 200 200 200 200 404 200 200 200 404 404 404",
    "frames:new":                "302 404 404 404 404 404 404 200 404 200 404 404 404",
    "frames:frame":              "302 200 200 200 404 404 404 200 200 200 404 404 404",
    "frames:file":               "302 200 200 200 404 404 404 200 200 200 404 404 404",
    "frames:statement":          "302 200 200 200 404 404 404 200 200 200 404 404 404",
    "frames:statement_file":     "302 200 200 200 404 404 404 200 200 200 404 404 404",
    "frames:raise":              "302 404 404 404 404 404 404 200 404 200 404 404 404",
    "frames:close":              "302 404 404 404 404 404 404 404 404 200 404 404 404",
    "agreements:impact":         "302 200 404 200 404 404 404 200 200 200 404 200 404",
    "agreements:document":       "302 200 404 200 404 404 404 200 200 200 404 200 404",
    "desk:caught_mail":          "302 404 404 404 404 404 404 404 404 404 404 404 404",
    "desk:today":                "302 200 404 404 200 404 200 404 404 404 404 404 404",
    "portal:today":              "302 404 200 200 404 200 404 404 404 404 404 404 404",
    "courses:help":              "302 200 200 200 200 200 200 200 200 200 200 200 200",
    "courses:help_deadlines":    "302 200 200 200 200 200 200 200 200 200 200 200 200",
    "courses:search":            "302 200 200 200 200 200 404 404 404 404 404 404 404",
    "courses:access":            "302 404 404 404 404 404 404 404 404 404 404 200 404",
    "courses:overdue":           "302 200 200 200 200 200 404 404 404 404 404 404 404",
    "courses:moves":             "302 200 200 200 200 200 404 404 404 404 404 404 404",
    "courses:overdue_file":      "302 200 200 200 200 200 404 404 404 404 404 404 404",
    "courses:causes":            "302 200 200 200 200 200 404 404 404 404 404 404 404",
    "courses:course":            "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "courses:history":          "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "courses:why":              "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "courses:looks":            "302 200 404 200 404 404 404 404 404 404 404 404 404",
    "courses:assign":            "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "courses:record_absence":    "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "courses:record_job_search": "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "courses:report_hours":      "302 404 200 200 404 404 404 404 404 404 404 404 404",
    "courses:record_choice":     "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "courses:decide_entry":      "302 200 404 200 404 404 404 404 404 404 404 404 404",
    "courses:withdraw_entry":    "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "courses:acknowledge":       "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "courses:files":             "302 404 200 200 404 200 404 404 404 404 404 404 404",
    "courses:file":              "302 404 200 200 404 404 404 404 404 404 404 404 404",
    "courses:remarks":           "302 404 200 200 404 404 404 404 404 404 404 404 404",
    "letters:list":              "302 200 200 200 200 200 404 404 404 404 404 404 404",
    "letters:letter":            "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "letters:pdf":               "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "letters:printing":          "302 200 200 200 200 200 404 404 404 404 404 404 404",
    "letters:batch":             "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "letters:batch_pdf":         "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "letters:texts":             "302 404 404 404 404 404 404 200 404 404 404 200 404",
    "letters:new_text":          "302 404 404 404 404 404 404 200 404 404 404 404 404",
    "letters:text":              "302 404 404 404 404 404 404 200 404 404 404 200 404",
    "meetings:letter":           "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "meetings:list":             "302 200 200 200 200 200 200 200 200 200 200 200 200",
    "meetings:book":             "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "meetings:several":          "302 302 302 302 302 302 404 404 404 404 404 404 404",
    "meetings:batch":            "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "meetings:day":              "302 200 200 200 200 200 404 404 404 404 404 404 404",
    "meetings:ask":              "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "meetings:answer_question":  "302 404 200 200 404 404 404 404 404 404 404 404 404",
    "meetings:detail":           "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "meetings:move":             "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "meetings:reply":            "302 404 200 200 404 404 404 404 404 404 404 404 404",
    "meetings:cancel":           "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "meetings:outcome":          "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "meetings:retract":          "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "meetings:contact":          "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "meetings:notify":           "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "meetings:answer":           "302 404 200 200 404 404 404 404 404 404 404 404 404",
    "meetings:withdraw":         "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "meetings:download":         "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "meetings:feed":             "404 404 404 404 404 404 404 404 404 404 404 404 404",
    "meetings:groups":          "302 200 200 200 200 200 200 404 404 404 404 404 404",
    "meetings:new_group":       "302 200 200 200 200 200 200 404 404 404 404 404 404",
    "meetings:group":           "302 200 200 200 404 404 200 404 404 404 404 404 404",
    "meetings:group_file":      "302 200 200 200 404 404 200 404 404 404 404 404 404",
    "meetings:edit_group":      "302 200 404 404 404 404 200 404 404 404 404 404 404",
    "meetings:cancel_group":    "302 200 404 404 404 404 200 404 404 404 404 404 404",
    "meetings:staff_group":     "302 404 200 200 404 404 404 404 404 404 404 404 404",
    "meetings:group_talks":     "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "meetings:group_attendance":"302 200 200 200 404 404 404 404 404 404 404 404 404",
    "meetings:group_no_show":   "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "meetings:notify_of_group": "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "meetings:enrol":           "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "meetings:withdraw_enrolment":"302 200 200 200 404 404 404 404 404 404 404 404 404",
    "meetings:own_feed":         "302 200 200 200 200 200 200 200 200 200 200 200 200",
    "meetings:room_feeds":       "302 404 404 404 404 404 200 404 404 404 404 404 404",
    "slots:calendar":            "302 200 200 200 200 200 200 404 404 404 404 404 404",
    "slots:several":             "302 302 404 404 302 404 404 404 404 404 404 404 404",
    "slots:several_result":      "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "slots:no_times":            "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "slots:capacity":            "302 200 200 200 200 200 200 200 200 404 404 404 404",
    "slots:capacity_file":       "302 200 200 200 200 200 200 200 200 404 404 404 404",
    "slots:without":             "302 200 200 200 200 200 404 404 404 404 404 404 404",
    "slots:staff_calendar":      "302 200 200 200 200 200 200 404 404 404 404 404 404",
    "slots:day_list":            "302 200 200 200 200 200 200 404 404 404 404 404 404",
    "slots:book":                "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "slots:move":                "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "forums:list":               "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "forums:new":                "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "forums:forum":              "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "forums:members":            "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "forums:plan":               "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "forums:meeting":            "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "forums:pdf":                "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "forums:point":              "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "forums:minutes":            "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "forums:decide":             "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "forums:news":               "302 200 200 200 200 200 200 200 200 200 200 404 404",
    "forums:contacts":           "302 200 200 200 200 200 200 200 200 200 200 404 404",
    "forums:tell":               "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "forums:surveys":            "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "forums:new_survey":         "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "forums:survey":             "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "forums:answer":            "200 200 200 200 200 200 200 200 200 200 200 200 200",
    "forums:evaluation":         "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "forums:evaluate":           "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "forums:finish":             "302 404 404 200 404 404 404 200 200 404 404 404 404",
    "selfservice:page":         "200 200 200 200 200 200 200 200 200 200 200 200 200",
    "selfservice:calendar_file":"200 200 200 200 200 200 200 200 200 200 200 200 200",
    "selfservice:sick":         "200 200 200 200 200 200 200 200 200 200 200 200 200",
    "selfservice:other_time":   "200 200 200 200 200 200 200 200 200 200 200 200 200",
    "selfservice:participation":"200 200 200 200 200 200 200 200 200 200 200 200 200",
    "selfservice:deadlines":    "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "selfservice:answer":       "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "slots:pools":              "302 404 404 404 404 404 200 404 404 404 404 404 404",
    "slots:new_pool":           "302 404 404 404 404 404 200 404 404 404 404 404 404",
    "slots:pool":               "302 404 404 404 404 404 200 404 404 404 404 404 404",
    "slots:edit_pool":          "302 404 404 404 404 404 200 404 404 404 404 404 404",
    "slots:extend_pool":        "302 404 404 404 404 404 200 404 404 404 404 404 404",
    "slots:leave_out":          "302 404 404 404 404 404 200 404 404 404 404 404 404",
    "slots:withdraw":           "302 404 404 404 404 404 200 404 404 404 404 404 404",
    "slots:withdrawn":          "302 404 404 404 404 404 200 404 404 404 404 404 404",
    "slots:slot":               "302 404 404 404 404 404 200 404 404 404 404 404 404",
    "slots:times":               "302 404 200 200 404 200 404 404 404 404 404 404 404",
    "slots:region":              "302 404 404 200 404 404 200 200 200 404 404 404 404",
    "slots:stationing":          "302 200 404 404 200 404 404 404 404 404 404 404 404",
    "staffing:hours":           "302 200 200 200 200 200 404 404 404 404 404 404 404",
    "staffing:leave":           "302 200 200 200 200 200 404 404 404 404 404 404 404",
    "staffing:calendars":       "302 200 200 200 200 200 404 404 404 404 404 404 404",
    "staffing:staff":           "302 404 404 200 404 404 200 404 404 404 404 404 404",
    "staffing:closing_days":    "302 404 404 200 404 404 200 404 404 404 404 404 404",
    "staffing:staff_hours":     "302 404 404 404 404 404 200 404 404 404 404 404 404",
    "staffing:staff_leave":     "302 404 404 404 404 404 200 404 404 404 404 404 404",
    "staffing:competences":     "302 404 404 404 404 404 200 404 404 404 404 404 404",
    "handovers:list":           "302 200 200 200 200 200 404 404 404 404 404 404 404",
    "handovers:handover":       "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "handovers:sheet":          "302 404 200 200 404 404 404 404 404 404 404 404 404",
    "handovers:accept":         "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "handovers:send_back":      "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "handovers:first_interview":"302 404 404 404 404 404 404 404 404 404 404 404 404",
    "handovers:leave":          "302 404 200 200 404 404 404 404 404 404 404 404 404",
    "handovers:undo_leaving":   "302 404 200 200 404 404 404 404 404 404 404 404 404",
    "handovers:sheet_pdf":      "302 404 404 404 404 404 404 404 404 404 404 404 404",
    "handovers:cancel_for_sickness":"302 302 302 302 404 404 404 404 404 404 404 404 404",
    "handovers:sickness":       "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "handovers:record_talk":    "302 404 200 200 404 404 404 404 404 404 404 404 404",
    "handovers:record_call":    "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "activities:list":          "302 200 200 200 200 200 200 200 200 200 200 404 404",
    "activities:new":           "302 200 200 200 200 200 200 200 404 404 404 404 404",
    "activities:activity":      "302 200 200 200 404 404 200 200 200 200 404 404 404",
    "activities:edit":          "302 200 404 404 404 404 200 200 404 404 404 404 404",
    "activities:cancel":        "302 200 404 404 404 404 200 200 404 404 404 404 404",
    "activities:copy":          "302 200 404 404 404 404 200 200 404 404 404 404 404",
    "activities:add_session":   "302 200 404 404 404 404 200 200 404 404 404 404 404",
    "activities:decide":        "302 404 404 404 404 404 200 200 404 404 404 404 404",
    "activities:finish":        "302 200 404 404 404 404 200 200 404 404 404 404 404",
    "activities:ask_volume":    "302 404 404 200 404 404 200 200 404 404 404 404 404",
    "activities:answer_volume": "302 404 404 404 404 404 200 200 404 404 404 404 404",
    "activities:attendance":    "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "activities:steps":         "302 200 404 404 404 404 200 200 404 404 404 404 404",
    "activities:flows":         "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "activities:candidates":    "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "activities:add_order":     "302 200 404 404 404 404 200 200 404 404 404 404 404",
    "activities:invited":       "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "activities:turnout":       "302 200 404 404 404 404 200 200 404 404 404 404 404",
    "activities:referrals":     "302 200 200 200 200 200 404 404 404 404 404 404 404",
    "activities:own_steps":     "302 200 200 200 200 200 404 404 404 404 404 404 404",
    "activities:referral":      "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "activities:referral_accept":"302 200 404 404 404 404 404 404 404 404 404 404 404",
    "activities:referral_reject":"302 200 404 404 404 404 404 404 404 404 404 404 404",
    "activities:referral_start":"302 200 200 200 404 404 404 404 404 404 404 404 404",
    "activities:referral_finish":"302 200 200 200 404 404 404 404 404 404 404 404 404",
    "activities:referral_revoke":"302 200 200 200 404 404 404 404 404 404 404 404 404",
    "activities:invoices":      "302 200 200 200 200 200 404 404 404 200 404 404 404",
    "activities:invoice":       "302 200 200 200 404 404 404 404 404 200 404 404 404",
    "activities:invoices_of":   "302 200 200 200 404 404 404 404 404 200 404 404 404",
    "activities:participants":  "302 404 404 404 404 404 404 404 404 404 200 404 404",
    "activities:refer":         "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "activities:refer_to":      "302 200 200 200 404 404 404 404 404 404 404 404 404",
}
POST = {
    "forums:remove_member":      "302 404 404 302 404 404 404 302 302 404 404 404 404",
    "forums:remove_point":       "302 404 404 302 404 404 404 302 302 404 404 404 404",
    "forums:figures":            "302 404 404 302 404 404 404 302 302 404 404 404 404",
    "forums:cancel":             "302 404 404 302 404 404 404 302 302 404 404 404 404",
    "forums:approve":            "302 404 404 302 404 404 404 302 302 404 404 404 404",
    "agreements:use_template":  "302 404 404 404 404 404 404 302 404 404 404 404 404",
    "agreements:remove_workflow_step":"302 404 404 404 404 404 404 302 404 404 404 404 404",
    "activities:pay":            "302 302 302 302 404 404 404 404 404 302 404 404 404",
    "activities:propose":        "302 302 404 404 404 404 302 302 404 404 404 404 404",
    "activities:start":          "302 302 404 404 404 404 302 302 404 404 404 404 404",
    "activities:remove_session": "302 302 404 404 404 404 302 302 404 404 404 404 404",
    "activities:enrol":          "302 302 302 302 404 404 404 404 404 404 404 404 404",
    "activities:begin_flow":     "302 302 302 302 404 404 404 404 404 404 404 404 404",
    "activities:do_step":        "302 302 302 302 404 404 404 404 404 404 404 404 404",
    "slots:several_more":        "302 302 404 404 404 404 404 404 404 404 404 404 404",
    "slots:keep_no_times":       "302 302 302 302 404 404 404 404 404 404 404 404 404",
    "slots:ask_for_times":       "302 302 302 302 302 302 404 404 404 404 404 404 404",
    "staffing:take_back_leave": "302 302 404 404 404 404 302 404 404 404 404 404 404",
    "staffing:forget_calendar": "302 302 404 404 404 404 404 404 404 404 404 404 404",
    "staffing:end_competence":  "302 404 404 404 404 404 302 404 404 404 404 404 404",
    "staffing:open_again":      "302 404 404 404 404 404 302 404 404 404 404 404 404",
    "slots:withdrawn_act":       "302 404 404 404 404 404 302 404 404 404 404 404 404",
    "slots:publish_pool":        "302 404 404 404 404 404 302 404 404 404 404 404 404",
    "slots:several_times":       "302 404 404 302 404 404 404 404 404 404 404 404 404",
    "slots:undo_times":          "302 404 404 302 404 404 404 404 404 404 404 404 404",
    "slots:undo_move":           "302 404 404 404 404 404 404 404 404 404 404 404 404",
    "slots:ask_for_this_time":   "302 404 302 302 404 404 404 404 404 404 404 404 404",
    "slots:hold":                "302 200 404 404 404 404 404 404 404 404 404 404 404",
    "handovers:inform_municipality":"302 404 302 302 404 404 404 404 404 404 404 404 404",
    "meetings:undo_batch":       "302 302 404 404 404 404 404 404 404 404 404 404 404",
    "meetings:cancel_batch":     "302 302 404 404 404 404 404 404 404 404 404 404 404",
    "meetings:enrol_several":    "302 302 302 302 302 302 404 404 404 404 404 404 404",
    "meetings:revoke":           "302 302 404 404 404 404 404 404 404 404 404 404 404",
    "letters:take_back":         "302 302 302 302 404 404 404 404 404 404 404 404 404",
    "letters:resend":            "302 302 302 302 404 404 404 404 404 404 404 404 404",
    "letters:printed":           "302 302 404 404 404 404 404 404 404 404 404 404 404",
    "sign-out":                  "302 302 302 302 302 302 302 302 302 302 302 302 302",
    "set_language":              "302 302 302 302 302 302 302 302 302 302 302 302 302",
    "notices:open":              "302 302 404 404 404 404 404 404 404 404 404 404 404",
    "notices:read":              "302 302 404 404 404 404 404 404 404 404 404 404 404",
    "notices:unread":            "302 302 404 404 404 404 404 404 404 404 404 404 404",
    "notices:read_all":          "302 302 302 302 302 302 302 302 302 302 302 302 302",
    "notices:unread_all":        "302 302 302 302 302 302 302 302 302 302 302 302 302",
    "courses:show_cpr":          "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "courses:undo_assign":       "302 404 404 404 404 404 404 404 404 404 404 404 404",
    "courses:withdraw_absence":  "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "courses:withdraw_choice":   "302 200 200 200 404 404 404 404 404 404 404 404 404",
    "courses:acknowledge_several": "302 302 302 302 302 302 404 404 404 404 404 404 404",
    "meetings:tick":             "302 302 302 302 404 404 404 404 404 404 404 404 404",
    "courses:take_in":           "302 404 302 302 404 404 404 404 404 404 404 404 404",
    "courses:stop":              "302 404 302 302 404 404 404 404 404 404 404 404 404",
}
# fmt: on
ADMIN = "302 302 302 302 302 302 302 200 302 302 302 200 302"
NEVER_SEE_THE_CITIZEN = ("case2", "job2", "plan", "agre", "stee", "fina", "prov", "root", "none")


@dataclass
class OfStaff:
    """What is written of the caseworker's work."""

    leave: Leave
    closing: ClosingDay
    competence: Competence
    calendar: BusySource


@dataclass
class World:
    """One course with something of everything, and a person of each role."""

    course: Course
    absence: Absence
    choice: Choice
    flag: Flag
    file: MemberFile
    meeting: Meeting
    joint: Meeting
    missed: Meeting
    notification: Notification
    question: Question
    agreed: Agreed
    agreement: Agreement
    draft: Agreement
    notice: Notice
    feed: CalendarFeed
    batch: Batch
    letter: Letter
    departure: Departure
    talk: SicknessTalk
    of_staff: OfStaff
    statement: Statement
    group: GroupMeeting
    referral: Referral
    clients: dict[str, Client]
    answers: dict[tuple[str, str], list["Answer"]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """One world for the whole table, because thirteen people sign in; taken back at the end."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        yield made()
        transaction.set_rollback(True)


def made() -> World:
    """A course that both its parties may read, and something of everything that hangs on it."""
    jobcentre, a_kasse = CoverageFactory().jobcentre, AKasseFactory()
    course = CourseFactory(
        citizen=CitizenFactory(first_name="Vibe", last_name=NAME),
        a_kasse=a_kasse,
        municipality=jobcentre.coverages.get().municipality,
        jobcentre=jobcentre,
        jobcentre_from=TODAY - timedelta(30),
        regime="2026",
    )
    duty = DutyFactory(
        course=course, kind="joint", responsible=Party.JOBCENTRE, due_on=TODAY - timedelta(4)
    )
    held = {"course": course, "held_by": Party.JOBCENTRE, "with_other_party": True}
    missed = MeetingFactory(**held, state="no_show", starts_at=moment(TODAY - timedelta(9), 9))
    meeting = MeetingFactory(**held, starts_at=moment(TODAY, 8))
    joint = MeetingFactory(**held, kind="joint", starts_at=moment(TODAY + timedelta(1), 8))
    open_times(jobcentre)
    agreement = AgreementFactory(parties=[jobcentre, a_kasse])
    frame_of(agreement, a_kasse, jobcentre)
    NoTimes.objects.create(course=course, searched_at=NOW, first_on=TODAY, last_on=TODAY)
    sender, staff = UserFactory(), dict(people(jobcentre, a_kasse))
    HandoverFactory(course=course, moves_on=TODAY + timedelta(8))
    agreement = AgreementFactory(parties=[jobcentre, a_kasse])
    agreement.points.create(order=1, title="Volume", guide="How many?")
    forum_of(agreement, jobcentre, at=NOW)
    left = ChoiceFactory(course=course, kind="visited_out", by=Party.A_KASSE)
    return World(
        course=course,
        absence=AbsenceFactory(citizen=course.citizen),
        choice=ChoiceFactory(course=course),
        flag=FlagFactory(duty=duty),
        file=MemberFile.objects.create(a_kasse=a_kasse, name="members.zip", uploaded_by=sender),
        meeting=meeting,
        joint=joint,
        missed=NoShowFactory(meeting=missed).meeting,
        notification=NotificationFactory(meeting=missed),
        question=QuestionFactory(meeting=missed),
        agreed=AgreedFactory(meeting=missed),
        agreement=agreement,
        draft=AgreementFactory(parties=[jobcentre, a_kasse], state="draft", terms={}),
        notice=Notice.objects.create(user=staff["case"], kind="choice", url="/", at=NOW),
        feed=CalendarFeedFactory(user=staff["case"]),
        batch=BatchRowFactory(meeting=meeting, batch__by=staff["case"], batch__at=NOW).batch,
        letter=LetterFactory(course=course, sender=jobcentre, printed=True),
        departure=DepartureFactory(choice=left),
        talk=SicknessTalkFactory(course=course),
        of_staff=of_staff(staff["case"], jobcentre),
        statement=stated_of(joint),
        group=group_of(course),
        referral=referred(course),
        clients={who: client_of(user) for who, user in staff.items()},
    )


def frame_of(agreement: Agreement, a_kasse: Organisation, jobcentre: Organisation) -> None:
    """A frame of last year with something bound in it."""
    first, said = date(TODAY.year - 1, 1, 1), {"by": None, "at": NOW}
    days = {"starts_on": first, "ends_on": date(TODAY.year, 1, 1)}
    frame = open_frame(agreement, a_kasse, jobcentre, **days, amount=Decimal(500_000), **said)
    reserve(frame, Decimal(5000), text="Job club", on=first, **said)


def group_of(course: Course) -> GroupMeeting:
    """A workshop of both parties the day after tomorrow, in which the citizen has a seat."""
    group = GroupMeeting.objects.create(
        kind="workshop",
        title="New start",
        organisation=course.jobcentre,
        invited=course.a_kasse,
        starts_at=moment(TODAY + timedelta(2), 9),
        ends_at=moment(TODAY + timedelta(2), 10),
        place="Hall",
    )
    Enrolment.objects.create(group=group, course=course, state="seated", seat=1, enrolled_at=NOW)
    stayed_away(course)
    return group


def referred(course: Course) -> Referral:
    """The citizen is referred to three job clubs of the a-kasse: proposed, accepted, started."""
    activities_of(course, on=TODAY, at=NOW)
    for number, state in enumerate(("proposed", "accepted", "started")):
        club = Activity.objects.create(
            title=f"Job club {number}",
            kind=Activity.Kind.JOB_CLUB,
            state=Activity.State.RUNNING,
            host=course.a_kasse,
            starts_on=TODAY - timedelta(7),
            ends_on=TODAY + timedelta(30),
            made_at=NOW,
        )
        starts_at = moment(TODAY - timedelta(1), 9)
        Session.objects.create(
            activity=club, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)
        )
        club.agreements.set(Agreement.objects.filter(parties__organisation=course.a_kasse))
        row = Referral.objects.create(
            activity=club,
            course=course,
            receiver=course.jobcentre,
            state=state,
            reason="Needs a network.",
            referred_at=NOW,
            referred_by=UserFactory(),
        )
    first = Referral.objects.get(course=row.course, state="proposed")
    Invoice.objects.create(
        activity=first.activity,
        number="A-1",
        amount=500,
        received_on=TODAY,
        recorded_at=NOW,
        recorded_by=UserFactory(),
    )
    return first


def stayed_away(course: Course) -> None:
    """A mandatory meeting of a week ago to which the citizen did not come; the a-kasse knows."""
    group = GroupMeeting.objects.create(
        kind="information",
        title="Your duties",
        organisation=course.jobcentre,
        starts_at=moment(TODAY - timedelta(7), 9),
        ends_at=moment(TODAY - timedelta(7), 10),
        place="Hall",
        state="held",
    )
    row = Enrolment.objects.create(
        group=group, course=course, state="seated", seat=1, enrolled_at=NOW, attendance="absent"
    )
    NoShowFactory(meeting=None, enrolment=row)
    NotificationFactory(
        meeting=None,
        enrolment=row,
        course=course,
        sender=course.jobcentre,
        a_kasse=course.a_kasse,
        sent_at=NOW,
    )


def of_who_stayed_away() -> list[object]:
    """The arguments of the pages of who stayed away from a group meeting."""
    row = Enrolment.objects.get(attendance="absent")
    return [row.group_id, row.pk]


def stated_of(meeting: Meeting) -> Statement:
    """What the citizen stated by the link of an interview."""
    link = CitizenLink.objects.create(
        meeting=meeting, made_at=NOW, expires_at=NOW + timedelta(days=2)
    )
    return Statement.objects.create(
        link=link, meeting=meeting, kind="other_time", stated_at=NOW, about=meeting.starts_at
    )


def of_staff(worker: User, house: Organisation) -> OfStaff:
    """Leave, a competence and a calendar of a worker, and a closing day of the organisation."""
    own = {"user": worker, "organisation": house}
    leave = {
        "starts_at": moment(TODAY + timedelta(2), 0),
        "ends_at": moment(TODAY + timedelta(3), 0),
    }
    closed = {"starts_on": TODAY + timedelta(9), "ends_on": TODAY + timedelta(10)}
    since = TODAY - timedelta(30)
    WorkingHours.objects.create(**own, weekday=0, starts="08:00", ends="12:00", starts_on=since)
    AllowedHost.objects.create(host="calendar.example.org")
    return OfStaff(
        Leave.objects.create(**own, **leave, recorded_by=worker),
        ClosingDay.objects.create(organisation=house, **closed),
        Competence.objects.create(**own, kind="language", language="en", starts_on=since),
        BusySource.objects.create(user=worker, name="Outlook", failure="The host was not found."),
    )


def open_times(jobcentre: Organisation) -> None:
    """A pool of the jobcentre with a time tomorrow and one the week after."""
    pool = Pool.objects.create(
        jobcentre=jobcentre,
        name="Tuesdays",
        starts="09:00",
        ends="12:00",
        starts_on=TODAY,
        ends_on=TODAY + timedelta(60),
        is_published=True,
    )
    for days in (1, 8):
        starts_at = moment(TODAY + timedelta(days), 10)
        Slot.objects.create(
            pool=pool,
            jobcentre=jobcentre,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=45),
            place="Hall",
            form="in_person",
        )
    withdrawal = Withdrawal.objects.create(
        jobcentre=jobcentre, key=uuid4(), reason="The hall is closed.", by=UserFactory(), at=NOW
    )
    WithdrawnTime.objects.create(
        withdrawal=withdrawal, slot=pool.slots.latest("pk"), outcome="done", said=told(WITHDRAWN)
    )


def client_of(user: User | None) -> Client:
    """A browser in which a person has signed in; in English."""
    client = Client()
    if user:
        client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def people(jobcentre: Organisation, a_kasse: Organisation) -> Iterator[tuple[str, User | None]]:
    """A person of each role, by the word in the table."""
    elsewhere = CoverageFactory().jobcentre
    for who, role, organisation in (
        ("case", Role.CASEWORKER, jobcentre),
        ("job", Role.JOB_CONSULTANT, a_kasse),
        ("lead", Role.COORDINATOR, a_kasse),
        ("case2", Role.CASEWORKER, elsewhere),
        ("job2", Role.JOB_CONSULTANT, AKasseFactory()),
        ("plan", Role.BOOKING_COORDINATOR, jobcentre),
        ("agre", Role.AGREEMENT_ADMINISTRATOR, jobcentre),
        ("stee", Role.STEERING_GROUP, jobcentre),
        ("fina", Role.FINANCE, jobcentre),
        ("prov", Role.PROVIDER, OrganisationFactory(kind=Organisation.Kind.PROVIDER)),
        ("root", Role.SYSTEM_ADMINISTRATOR, None),
    ):
        staff = role in (Role.AGREEMENT_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)
        yield who, UserFactory(role=role, organisation=organisation, is_staff=staff)
    yield "none", UserFactory()
    yield "anon", None


FRAME_PAGES = ("frame", "file", "raise", "close")
ARGUMENTS: dict[str, Callable[[World], list[object]]] = {
    **{
        f"activities:{name}": lambda _world, name=name: arguments_of(name)  # type: ignore[misc]
        for name in ALL_PAGES
    },
    "activities:referral": lambda world: [world.referral.pk],
    "activities:referral_accept": lambda world: [world.referral.pk],
    "activities:referral_reject": lambda world: [world.referral.pk],
    "activities:referral_revoke": lambda world: [world.referral.pk],
    "activities:referral_start": lambda _world: [Referral.objects.get(state="accepted").pk],
    "activities:referral_finish": lambda _world: [
        Referral.objects.get(state="started", activity__kind="job_club").pk
    ],
    "activities:invoice": lambda world: [world.referral.activity.invoices.get().pk],
    "activities:pay": lambda world: [world.referral.activity.invoices.get().pk],
    "activities:invoices_of": lambda world: [world.referral.activity_id],
    "activities:refer": lambda world: [world.course.case_number],
    "activities:refer_to": lambda world: [world.referral.activity_id],
    "partnerships:agreement": lambda world: [world.agreement.slug],
    "agreements:step": lambda world: [world.draft.slug, 3],
    "agreements:take_step": lambda world: [world.draft.slug, "koordinering"],
    "agreements:notice": lambda world: [world.agreement.slug],
    "agreements:points": lambda world: [world.agreement.slug],
    "agreements:use_template": lambda world: [world.agreement.slug],
    "agreements:point": lambda world: [world.agreement.slug, world.agreement.points.first().pk],
    "agreements:workflows": lambda world: [world.agreement.slug],
    "agreements:remove_workflow_step": lambda world: [
        world.agreement.slug,
        world.agreement.workflow_steps.get_or_create(
            workflow="Referral", order=1, defaults={"who": "A-kasse", "what": "Proposes"}
        )[0].pk,
    ],
    "agreements:versions": lambda world: [world.agreement.slug],
    "agreements:compare": lambda world: [world.agreement.slug],
    "agreements:impact": lambda world: [world.draft.slug],
    "agreements:document": lambda world: [world.agreement.slug],
    **{f"frames:{name}": lambda _world: [Frame.objects.get().pk] for name in FRAME_PAGES},
    "frames:statement": lambda world: [world.course.a_kasse.slug, TODAY.year, TODAY.month],
    "frames:statement_file": lambda world: [world.course.a_kasse.slug, TODAY.year, TODAY.month],
    "staffing:staff_hours": lambda world: [world.of_staff.leave.user_id],
    "staffing:staff_leave": lambda world: [world.of_staff.leave.user_id],
    "staffing:competences": lambda world: [world.of_staff.leave.user_id],
    "staffing:take_back_leave": lambda world: [world.of_staff.leave.pk],
    "staffing:forget_calendar": lambda world: [world.of_staff.calendar.pk],
    "staffing:end_competence": lambda world: [world.of_staff.competence.pk],
    "staffing:open_again": lambda world: [world.of_staff.closing.pk],
    "courses:withdraw_absence": lambda world: [world.course.case_number, world.absence.pk],
    "courses:withdraw_choice": lambda world: [world.course.case_number, world.choice.pk],
    "courses:withdraw_entry": lambda world: [
        world.course.case_number,
        EntryDecisionFactory(course=world.course, agreement=world.agreement).pk,
    ],
    "courses:undo_assign": lambda world: [world.course.case_number, "wrong"],
    "courses:acknowledge": lambda world: [world.course.case_number, world.flag.pk],
    "meetings:feed": lambda _world: ["wrong"],
    "meetings:batch": lambda world: [world.batch.pk],
    "meetings:undo_batch": lambda world: [world.batch.pk],
    "meetings:cancel_batch": lambda world: [world.batch.pk],
    "meetings:revoke": lambda world: [world.feed.pk],
    "notices:open": lambda world: [world.notice.pk],
    "notices:read": lambda world: [world.notice.pk],
    "notices:unread": lambda world: [world.notice.pk],
    "letters:letter": lambda world: [world.letter.pk],
    "letters:pdf": lambda world: [world.letter.pk],
    "letters:take_back": lambda world: [world.letter.pk],
    "letters:resend": lambda world: [world.letter.pk],
    "letters:batch": lambda world: [world.letter.batch_id],
    "letters:batch_pdf": lambda world: [world.letter.batch_id],
    "letters:printed": lambda world: [world.letter.batch_id],
    "letters:text": lambda _world: [LetterText.objects.earliest("pk").pk],
    "meetings:letter": lambda world: [world.meeting.pk, "summons"],
    "meetings:group": lambda world: [world.group.pk],
    "meetings:group_file": lambda world: [world.group.pk],
    "meetings:edit_group": lambda world: [world.group.pk],
    "meetings:cancel_group": lambda world: [world.group.pk],
    "meetings:staff_group": lambda world: [world.group.pk],
    "meetings:group_talks": lambda world: [world.group.pk],
    "meetings:group_attendance": lambda world: [world.group.pk],
    "meetings:group_no_show": lambda _world: of_who_stayed_away(),
    "meetings:notify_of_group": lambda _world: of_who_stayed_away(),
    "meetings:enrol": lambda world: [world.course.case_number],
    "meetings:withdraw_enrolment": lambda world: [world.group.pk, world.group.enrolments.get().pk],
    "meetings:book": lambda world: [world.course.case_number],
    "selfservice:deadlines": lambda world: [world.course.case_number],
    **{
        f"forums:{name}": lambda _world: [Forum.objects.get().pk]
        for name in ("forum", "members", "plan")
    },
    **{
        f"forums:{name}": lambda _world: [ForumMeeting.objects.get(state="planned").pk]
        for name in ("meeting", "pdf", "point", "figures", "cancel")
    },
    **{
        f"forums:{name}": lambda _world: [ForumMeeting.objects.get(state="held").pk]
        for name in ("minutes", "approve", "decide")
    },
    **{
        f"forums:{name}": lambda _world: [Forum.objects.get().agreement.slug]
        for name in ("evaluation", "evaluate")
    },
    "forums:finish": lambda _world: [Decision.objects.get().pk],
    "forums:survey": lambda _world: [Survey.objects.get().pk],
    "forums:answer": lambda _world: list(give_links(Survey.objects.get(), 1, by=None)),
    "forums:remove_member": lambda _world: [
        Forum.objects.get().pk,
        Member.objects.get(name="Kim").pk,
    ],
    "forums:remove_point": lambda _world: [
        ForumMeeting.objects.get(state="planned").pk,
        AgendaPoint.objects.earliest("pk").pk,
    ],
    "selfservice:answer": lambda world: [world.statement.pk],
    "slots:several_result": lambda world: [world.batch.pk],
    "slots:several_more": lambda world: [world.batch.pk],
    "slots:no_times": lambda world: [NoTimes.objects.filter(course=world.course).earliest("pk").pk],
    "slots:keep_no_times": lambda world: [world.course.case_number],
    "slots:book": lambda world: [world.course.case_number],
    "slots:move": lambda world: [world.joint.pk],
    "slots:slot": lambda _world: [Slot.objects.earliest("pk").pk],
    "slots:pool": lambda _world: [Pool.objects.earliest("pk").pk],
    "slots:edit_pool": lambda _world: [Pool.objects.earliest("pk").pk],
    "slots:extend_pool": lambda _world: [Pool.objects.earliest("pk").pk],
    "slots:leave_out": lambda _world: [Pool.objects.earliest("pk").pk],
    "slots:withdrawn": lambda _world: [Withdrawal.objects.earliest("pk").pk],
    "slots:withdrawn_act": lambda _world: [Withdrawal.objects.earliest("pk").pk],
    "slots:publish_pool": lambda _world: [Pool.objects.earliest("pk").pk],
    "slots:hold": lambda world: [world.course.case_number],
    "slots:undo_move": lambda world: [world.joint.pk, "wrong"],
    "slots:ask_for_this_time": lambda world: [world.course.case_number],
    "handovers:undo_leaving": lambda world: [world.course.case_number, world.departure.pk],
    "handovers:inform_municipality": lambda world: [world.course.case_number, world.talk.pk],
    "meetings:answer_question": lambda world: [world.question.pk],
    "meetings:tick": lambda world: [world.agreed.pk],
    "meetings:contact": lambda world: [world.missed.pk],
    "meetings:retract": lambda world: [world.missed.pk],
    "meetings:notify": lambda world: [world.missed.pk],
    "meetings:answer": lambda world: [world.notification.pk],
    "meetings:withdraw": lambda world: [world.notification.pk],
}
BY_LINK = tuple(f"selfservice:{name}" for name in (
    "page", "calendar_file", "sick", "other_time", "participation"
))  # fmt: skip
OF_A_FILE = ("courses:file", "courses:remarks", "courses:take_in", "courses:stop")
WITHOUT = (
    "handovers:list",
    "courses:help",
    "courses:help_deadlines",
    "courses:search",
    "courses:access",
    "courses:overdue",
    "courses:overdue_file",
    "courses:acknowledge_several",
    "courses:causes",
    "courses:moves",
    "courses:files",
    "meetings:day",
    "meetings:list",
    "meetings:own_feed",
    "meetings:room_feeds",
    "meetings:several",
    "meetings:groups",
    "meetings:new_group",
    "meetings:enrol_several",
)


def address(page: str, world: World) -> str:
    """Where a page of this world lies."""
    if page in ARGUMENTS:
        return reverse(page, args=ARGUMENTS[page](world))
    if page in BY_LINK:  # whoever has the address, signed in or not
        return reverse(page, args=[token_of(world.statement.link)])
    if page in OF_A_FILE:
        return reverse(page, args=[world.file.pk])
    if page.startswith(("courses:", "handovers:")) and page not in WITHOUT:
        return reverse(page, args=[world.course.case_number])
    if page.startswith("meetings:") and page not in WITHOUT:
        return reverse(page, args=[world.meeting.pk])
    return reverse(page)


def page_names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Every page of the project; the admin site has tests of its own."""
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield f"{space}{one.name}"
        elif one.namespace != "admin":
            yield from page_names(one, f"{one.namespace}:" if one.namespace else space)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person got when asking for a page."""

    who: str
    status: str
    kept_by: str
    names_the_citizen: bool


def answers(world: World, method: str, url: str) -> Iterator[Answer]:
    """What each person gets; what a request changed is taken back before the next one asks."""
    for who in WHO.split():
        client = world.clients[who]
        cookies = deepcopy(client.cookies)
        with transaction.atomic():
            words = {} if method == "get" else {"language": "en", "reason": "The course."}
            response = getattr(client, method)(url, words)
            transaction.set_rollback(True)
        client.cookies = cookies
        body = b"".join(response)
        kept_by = response.get("Cache-Control", "")
        yield Answer(who, str(response.status_code), kept_by, NAME.encode() in body)


def asked(world: World, method: str, page: str) -> list[Answer]:
    """The answers to all for a page, kept, because two tests read them."""
    if (method, page) not in world.answers:
        world.answers[method, page] = list(answers(world, method, address(page, world)))
    return world.answers[method, page]


def test_every_page_is_in_the_table() -> None:
    assert set(page_names(get_resolver())) == set(GET) | set(POST)


@pytest.mark.parametrize(
    ("method", "page"), [("get", one) for one in GET] + [("post", one) for one in POST]
)
def test_each_page_opens_for_those_in_the_table_and_names_nobody_to_others(
    world: World, method: str, page: str
) -> None:
    expected = dict(zip(WHO.split(), (GET | POST)[page].split(), strict=True))

    found = asked(world, method, page)

    assert {one.who: one.status for one in found} == expected
    named = {one.who for one in found if one.names_the_citizen}
    assert not named & {*NEVER_SEE_THE_CITIZEN, "anon"}


@pytest.mark.parametrize("page", [*GET, "courses:show_cpr"])
def test_no_browser_or_cache_keeps_a_page_after_the_person_signed_out(
    world: World, page: str
) -> None:
    found = asked(world, "get" if page in GET else "post", page)

    kept = {
        one.who
        for one in found
        if one.who != "anon" and one.status != "404" and "no-store" not in one.kept_by
    }

    assert not kept


def test_the_citizen_stands_where_the_own_side_looks(world: World) -> None:
    """Or the test above could not fail."""
    pages = ("courses:course", "courses:overdue", "meetings:detail")

    for page in pages:
        named = {one.who for one in asked(world, "get", page) if one.names_the_citizen}
        assert named == {"case", "job", "lead"}, page


def test_a_search_finds_nothing_for_those_who_may_not_see_it(world: World) -> None:
    for words in (NAME, world.course.case_number):
        for who in NEVER_SEE_THE_CITIZEN:
            asked = world.clients[who].post(reverse("courses:search"), {"q": words}, follow=True)
            assert "Vibe" not in asked.content.decode(), (who, words)


def test_the_front_page_of_another_party_counts_nothing(world: World) -> None:
    for who, page in (("case2", "desk:today"), ("job2", "portal:today")):
        front = world.clients[who].get(reverse(page)).context["front"]
        assert [tile.count for tile in front.tiles] == [0] * 7


def test_the_admin_site_opens_for_the_two_who_administer(world: World) -> None:
    expected = dict(zip(WHO.split(), ADMIN.split(), strict=True))

    found = {one.who: one.status for one in answers(world, "get", reverse("admin:index"))}

    assert found == expected
