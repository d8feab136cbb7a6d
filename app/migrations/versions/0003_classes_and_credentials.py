"""Classes and credentials

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('credential_issuer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('base_url', sa.String(), nullable=False),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_credential_issuer_single_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credential_issuer'))
    )
    op.create_table('board_choice',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('shown_as', sa.String(), nullable=False),
    sa.Column('nickname', sa.String(), nullable=False),
    sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(shown_as = 'nickname') = (nickname <> '')", name=op.f('ck_board_choice_nickname')),
    sa.CheckConstraint("shown_as IN ('name', 'nickname')", name=op.f('ck_board_choice_shown_as')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_board_choice_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_board_choice'))
    )
    op.create_table('contest',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('period', sa.String(), nullable=False),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('results_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('seed', sa.String(), nullable=True),
    sa.Column('draw', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('cancelled_by', sa.Integer(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('run', sa.String(), nullable=True),
    sa.Column('run_until', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('draft', 'open', 'closed', 'published', 'cancelled')", name=op.f('ck_contest_state')),
    sa.CheckConstraint("state NOT IN ('open', 'closed', 'published') OR seed IS NOT NULL", name=op.f('ck_contest_running_has_draw')),
    sa.CheckConstraint('(seed IS NULL) = (draw IS NULL)', name=op.f('ck_contest_draw_with_seed')),
    sa.CheckConstraint('opens_at < closes_at AND closes_at <= results_at', name=op.f('ck_contest_order_of_moments')),
    sa.ForeignKeyConstraint(['cancelled_by'], ['person.id'], name=op.f('fk_contest_cancelled_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contest')),
    sa.UniqueConstraint('period', name=op.f('uq_contest_period'))
    )
    with op.batch_alter_table('contest', schema=None) as batch_op:
        batch_op.create_index('ix_contest_state', ['state', 'closes_at'], unique=False)

    op.create_table('heading_choice',
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('heading', sa.String(), nullable=False),
    sa.Column('field', sa.String(), nullable=False),
    sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('chosen_by', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('people', 'groups', 'branches')", name=op.f('ck_heading_choice_kind')),
    sa.ForeignKeyConstraint(['chosen_by'], ['person.id'], name=op.f('fk_heading_choice_chosen_by_person')),
    sa.PrimaryKeyConstraint('kind', 'heading', name=op.f('pk_heading_choice'))
    )
    op.create_table('paper_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('badge_ids', sa.JSON(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_paper_run_made_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_run')),
    sa.UniqueConstraint('key', name=op.f('uq_paper_run_key'))
    )
    op.create_table('contest_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('draw', sa.JSON(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('scored_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered', sa.Integer(), nullable=True),
    sa.Column('right', sa.Integer(), nullable=True),
    sa.Column('credit', sa.Integer(), nullable=True),
    sa.Column('points', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('branch_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(scored_at IS NULL) = (credit IS NULL)', name=op.f('ck_contest_entry_scored')),
    sa.CheckConstraint('credit >= 0', name=op.f('ck_contest_entry_credit')),
    sa.ForeignKeyConstraint(['branch_id'], ['group.id'], name=op.f('fk_contest_entry_branch_id_group')),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_contest_entry_contest_id_contest')),
    sa.ForeignKeyConstraint(['group_id'], ['group.id'], name=op.f('fk_contest_entry_group_id_group')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_contest_entry_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contest_entry')),
    sa.UniqueConstraint('contest_id', 'person_id', name=op.f('uq_contest_entry_contest_id_person_id'))
    )
    with op.batch_alter_table('contest_entry', schema=None) as batch_op:
        batch_op.create_index('ix_contest_entry_person', ['person_id'], unique=False)

    op.create_table('contest_question',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('answered', sa.Integer(), nullable=False),
    sa.Column('right', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_contest_question_contest_id_contest')),
    sa.PrimaryKeyConstraint('contest_id', 'place', name=op.f('pk_contest_question'))
    )
    op.create_table('contest_team',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('place', sa.Integer(), nullable=True),
    sa.CheckConstraint('(score IS NULL) = (place IS NULL)', name=op.f('ck_contest_team_placed')),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_contest_team_contest_id_contest')),
    sa.ForeignKeyConstraint(['group_id'], ['group.id'], name=op.f('fk_contest_team_group_id_group')),
    sa.PrimaryKeyConstraint('contest_id', 'group_id', name=op.f('pk_contest_team'))
    )
    op.create_table('class_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('quiz_id', sa.String(), nullable=False),
    sa.Column('trainer_id', sa.Integer(), nullable=False),
    sa.Column('expected', sa.Integer(), nullable=False),
    sa.Column('counted', sa.Integer(), nullable=True),
    sa.Column('how', sa.String(), nullable=False),
    sa.Column('secret', sa.String(), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("how IN ('independent', 'read_aloud', 'demonstrated')", name=op.f('ck_class_session_how')),
    sa.CheckConstraint('counted IS NULL OR counted >= 0', name=op.f('ck_class_session_counted_not_negative')),
    sa.CheckConstraint('expected >= 0', name=op.f('ck_class_session_expected_not_negative')),
    sa.CheckConstraint('length(place) <= 120', name=op.f('ck_class_session_place_length')),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_class_session_created_by_person')),
    sa.ForeignKeyConstraint(['group_id'], ['group.id'], name=op.f('fk_class_session_group_id_group')),
    sa.ForeignKeyConstraint(['quiz_id'], ['quiz.id'], name=op.f('fk_class_session_quiz_id_quiz')),
    sa.ForeignKeyConstraint(['trainer_id'], ['person.id'], name=op.f('fk_class_session_trainer_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_class_session')),
    sa.UniqueConstraint('key', name=op.f('uq_class_session_key'))
    )
    with op.batch_alter_table('class_session', schema=None) as batch_op:
        batch_op.create_index('ix_class_session_group', ['group_id', 'starts_at'], unique=False)
        batch_op.create_index('ix_class_session_start', ['starts_at'], unique=False)

    op.create_table('group_badge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('achievement_slug', sa.String(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['achievement_slug'], ['achievement.slug'], name=op.f('fk_group_badge_achievement_slug_achievement')),
    sa.ForeignKeyConstraint(['group_id'], ['group.id'], name=op.f('fk_group_badge_group_id_group')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_badge')),
    sa.UniqueConstraint('group_id', 'achievement_slug', name=op.f('uq_group_badge_group_id_achievement_slug'))
    )
    op.create_table('attendance',
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('way', sa.String(), nullable=False),
    sa.Column('by', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("way IN ('qr', 'hand', 'signed_up')", name=op.f('ck_attendance_way')),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_attendance_by_person')),
    sa.ForeignKeyConstraint(['class_id'], ['class_session.id'], name=op.f('fk_attendance_class_id_class_session')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_attendance_person_id_person')),
    sa.PrimaryKeyConstraint('class_id', 'person_id', name=op.f('pk_attendance'))
    )
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.create_index('ix_attendance_person', ['person_id'], unique=False)

    op.create_table('class_attempt',
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_class_attempt_attempt_id_attempt')),
    sa.ForeignKeyConstraint(['class_id'], ['class_session.id'], name=op.f('fk_class_attempt_class_id_class_session')),
    sa.PrimaryKeyConstraint('attempt_id', name=op.f('pk_class_attempt'))
    )
    with op.batch_alter_table('class_attempt', schema=None) as batch_op:
        batch_op.create_index('ix_class_attempt_class', ['class_id'], unique=False)

    op.create_table('class_measure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('moment', sa.String(), nullable=False),
    sa.Column('draw', sa.JSON(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('credit', sa.Integer(), nullable=True),
    sa.CheckConstraint("moment IN ('before', 'after')", name=op.f('ck_class_measure_moment')),
    sa.CheckConstraint('(credit IS NULL) = (ended_at IS NULL)', name=op.f('ck_class_measure_credit_when_ended')),
    sa.CheckConstraint('credit BETWEEN 0 AND 100', name=op.f('ck_class_measure_credit')),
    sa.ForeignKeyConstraint(['class_id'], ['class_session.id'], name=op.f('fk_class_measure_class_id_class_session')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_class_measure_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_class_measure')),
    sa.UniqueConstraint('class_id', 'person_id', 'moment', name=op.f('uq_class_measure_class_id_person_id_moment'))
    )
    with op.batch_alter_table('class_measure', schema=None) as batch_op:
        batch_op.create_index('ix_class_measure_person', ['person_id'], unique=False)

    op.create_table('class_tablet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.Column('device_id', sa.Integer(), nullable=True),
    sa.Column('started_by', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['class_id'], ['class_session.id'], name=op.f('fk_class_tablet_class_id_class_session')),
    sa.ForeignKeyConstraint(['device_id'], ['device.id'], name=op.f('fk_class_tablet_device_id_device'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['started_by'], ['person.id'], name=op.f('fk_class_tablet_started_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_class_tablet'))
    )
    with op.batch_alter_table('class_tablet', schema=None) as batch_op:
        batch_op.create_index('uq_class_tablet_open', ['device_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('contest_answer',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.String(), nullable=False),
    sa.Column('choice', sa.String(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('credit', sa.Integer(), nullable=True),
    sa.CheckConstraint('credit BETWEEN 0 AND 100', name=op.f('ck_contest_answer_credit')),
    sa.ForeignKeyConstraint(['entry_id'], ['contest_entry.id'], name=op.f('fk_contest_answer_entry_id_contest_entry')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_contest_answer_item_id_item')),
    sa.PrimaryKeyConstraint('entry_id', 'place', name=op.f('pk_contest_answer'))
    )
    op.create_table('credential',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('badge_id', sa.Integer(), nullable=False),
    sa.Column('serial', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=True),
    sa.Column('token_sealed', sa.String(), nullable=True),
    sa.Column('holder_sealed', sa.String(), nullable=True),
    sa.Column('name_hidden', sa.Boolean(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('list_no', sa.Integer(), nullable=False),
    sa.Column('list_index', sa.Integer(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_how', sa.String(), nullable=True),
    sa.Column('ended_by', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.CheckConstraint("ended_how IN ('revoked', 'superseded', 'withdrawn')", name=op.f('ck_credential_ended_how')),
    sa.CheckConstraint('(ended_at IS NULL) = (ended_how IS NULL)', name=op.f('ck_credential_ended_somehow')),
    sa.CheckConstraint('list_index >= 0 AND list_index < 131072', name=op.f('ck_credential_list_index')),
    sa.ForeignKeyConstraint(['badge_id'], ['badge.id'], name=op.f('fk_credential_badge_id_badge')),
    sa.ForeignKeyConstraint(['ended_by'], ['person.id'], name=op.f('fk_credential_ended_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credential')),
    sa.UniqueConstraint('code', name=op.f('uq_credential_code')),
    sa.UniqueConstraint('list_no', 'list_index', name=op.f('uq_credential_list_no_list_index')),
    sa.UniqueConstraint('serial', name=op.f('uq_credential_serial')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_credential_token_hash'))
    )
    with op.batch_alter_table('credential', schema=None) as batch_op:
        batch_op.create_index('ix_credential_badge', ['badge_id'], unique=False)
        batch_op.create_index('uq_credential_badge_live', ['badge_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('item_reserve',
    sa.Column('item_id', sa.String(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_reserve_item_id_item')),
    sa.PrimaryKeyConstraint('item_id', name=op.f('pk_item_reserve'))
    )
    op.create_table('paper_print',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('quiz_id', sa.String(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=True),
    sa.Column('draw', sa.JSON(), nullable=False),
    sa.Column('printed_by', sa.Integer(), nullable=False),
    sa.Column('printed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['class_session.id'], name=op.f('fk_paper_print_class_id_class_session')),
    sa.ForeignKeyConstraint(['group_id'], ['group.id'], name=op.f('fk_paper_print_group_id_group')),
    sa.ForeignKeyConstraint(['printed_by'], ['person.id'], name=op.f('fk_paper_print_printed_by_person')),
    sa.ForeignKeyConstraint(['quiz_id'], ['quiz.id'], name=op.f('fk_paper_print_quiz_id_quiz')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_print')),
    sa.UniqueConstraint('key', name=op.f('uq_paper_print_key'))
    )
    with op.batch_alter_table('paper_print', schema=None) as batch_op:
        batch_op.create_index('ix_paper_print_group', ['group_id', 'printed_at'], unique=False)

    op.create_table('class_answer',
    sa.Column('measure_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.String(), nullable=False),
    sa.Column('choice', sa.String(), nullable=False),
    sa.Column('credit', sa.Integer(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('credit BETWEEN 0 AND 100', name=op.f('ck_class_answer_credit')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_class_answer_item_id_item')),
    sa.ForeignKeyConstraint(['measure_id'], ['class_measure.id'], name=op.f('fk_class_answer_measure_id_class_measure')),
    sa.PrimaryKeyConstraint('measure_id', 'item_id', name=op.f('pk_class_answer'))
    )
    op.create_table('paper_sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('print_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('attempt_id', sa.Integer(), nullable=True),
    sa.Column('keyed_by', sa.Integer(), nullable=True),
    sa.Column('keyed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(attempt_id IS NULL) = (keyed_at IS NULL)', name=op.f('ck_paper_sheet_keyed_at_once')),
    sa.CheckConstraint('(attempt_id IS NULL) = (keyed_by IS NULL)', name=op.f('ck_paper_sheet_keyed_by_someone')),
    sa.CheckConstraint('(attempt_id IS NULL) = (person_id IS NULL)', name=op.f('ck_paper_sheet_keyed_for_someone')),
    sa.CheckConstraint('length(number) = 6', name=op.f('ck_paper_sheet_number_length')),
    sa.CheckConstraint('person_id IS NULL OR person_id <> keyed_by', name=op.f('ck_paper_sheet_not_oneself')),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_paper_sheet_attempt_id_attempt')),
    sa.ForeignKeyConstraint(['keyed_by'], ['person.id'], name=op.f('fk_paper_sheet_keyed_by_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_paper_sheet_person_id_person')),
    sa.ForeignKeyConstraint(['print_id'], ['paper_print.id'], name=op.f('fk_paper_sheet_print_id_paper_print')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_sheet')),
    sa.UniqueConstraint('attempt_id', name=op.f('uq_paper_sheet_attempt_id')),
    sa.UniqueConstraint('number', name=op.f('uq_paper_sheet_number'))
    )
    with op.batch_alter_table('paper_sheet', schema=None) as batch_op:
        batch_op.create_index('ix_paper_sheet_person', ['person_id'], unique=False)
        batch_op.create_index('ix_paper_sheet_print', ['print_id'], unique=False)

    with op.batch_alter_table('achievement', schema=None) as batch_op:
        batch_op.add_column(sa.Column('purpose', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('area', sa.Integer(), nullable=True))

    with op.batch_alter_table('cycle', schema=None) as batch_op:
        batch_op.add_column(sa.Column('adult_age', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('leagues', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('comment_days', sa.Integer(), nullable=True))

    with op.batch_alter_table('draw_seed', schema=None) as batch_op:
        batch_op.add_column(sa.Column('one_in', sa.Integer(), server_default='10', nullable=False))

    with op.batch_alter_table('help_request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('outcome', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('tries', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('returned_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('consent_text', sa.String(), server_default='', nullable=False))

    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index('ix_membership_waiting', ['person_id', 'kind'], unique=False, sqlite_where=sa.text('ended_at IS NULL AND confirmed_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL AND confirmed_at IS NULL'))

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index('ix_person_folded', ['folded'], unique=False)
        batch_op.create_index('ix_person_here', ['name_key', 'id', 'folded'], unique=False, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.create_index('ix_person_phone', ['phone'], unique=False)

    with op.batch_alter_table('ward', schema=None) as batch_op:
        batch_op.add_column(sa.Column('superior', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('place', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('number_scheme', sa.String(), server_default='{so}-QĐ/ĐTN', nullable=False))
        batch_op.add_column(sa.Column('sign_title', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('sign_post', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('leagues', sa.String(), server_default='300,700', nullable=False))
        batch_op.add_column(sa.Column('comment_days', sa.Integer(), server_default='3', nullable=False))
        batch_op.add_column(sa.Column('look_one_in', sa.Integer(), server_default='10', nullable=False))
        batch_op.add_column(sa.Column('ack_days', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('answer_days', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('name_months', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('keep_months', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('help_keep_months', sa.Integer(), server_default='6', nullable=False))
        batch_op.add_column(sa.Column('help_wait_days', sa.Integer(), server_default='2', nullable=False))
        batch_op.add_column(sa.Column('help_hold_days', sa.Integer(), server_default='3', nullable=False))



def downgrade() -> None:
    """There is no way back from here: go back with the backup that ``hocso`` made before upgrading."""
    raise NotImplementedError
