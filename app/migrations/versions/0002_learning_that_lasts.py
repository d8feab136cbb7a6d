"""Learning that lasts

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('draw_seed',
    sa.Column('period', sa.String(), nullable=False),
    sa.Column('seed', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('length(digest) = 64', name=op.f('ck_draw_seed_digest_length')),
    sa.CheckConstraint('length(seed) >= 32', name=op.f('ck_draw_seed_seed_length')),
    sa.PrimaryKeyConstraint('period', name=op.f('pk_draw_seed'))
    )
    op.create_table('household',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_household'))
    )
    op.create_table('accommodation',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('text_size', sa.String(), nullable=False),
    sa.Column('contrast', sa.String(), nullable=False),
    sa.Column('fewer_options', sa.Boolean(), nullable=False),
    sa.Column('read_first', sa.Boolean(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("contrast IN ('auto', 'more')", name=op.f('ck_accommodation_contrast')),
    sa.CheckConstraint("text_size IN ('vua', 'to', 'rat-to')", name=op.f('ck_accommodation_text_size')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_accommodation_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_accommodation'))
    )
    op.create_table('card_sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('printed_by', sa.Integer(), nullable=False),
    sa.Column('printed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['printed_by'], ['person.id'], name=op.f('fk_card_sheet_printed_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_sheet')),
    sa.UniqueConstraint('key', name=op.f('uq_card_sheet_key'))
    )
    op.create_table('confidence',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('topic_slug', sa.String(), nullable=False),
    sa.Column('moment', sa.String(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("moment IN ('before', 'after')", name=op.f('ck_confidence_moment')),
    sa.CheckConstraint('value BETWEEN 1 AND 3', name=op.f('ck_confidence_value')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_confidence_person_id_person')),
    sa.ForeignKeyConstraint(['topic_slug'], ['topic.slug'], name=op.f('fk_confidence_topic_slug_topic')),
    sa.PrimaryKeyConstraint('person_id', 'topic_slug', 'moment', name=op.f('pk_confidence'))
    )
    op.create_table('counted_as',
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('counts_as', sa.Integer(), nullable=False),
    sa.CheckConstraint('person_id <> counts_as', name=op.f('ck_counted_as_another')),
    sa.ForeignKeyConstraint(['counts_as'], ['person.id'], name=op.f('fk_counted_as_counts_as_person')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_counted_as_cycle_id_cycle')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_counted_as_person_id_person')),
    sa.PrimaryKeyConstraint('cycle_id', 'person_id', name=op.f('pk_counted_as'))
    )
    with op.batch_alter_table('counted_as', schema=None) as batch_op:
        batch_op.create_index('ix_counted_as_whom', ['cycle_id', 'counts_as'], unique=False)

    op.create_table('departure',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.Integer(), nullable=False),
    sa.CheckConstraint("why IN ('moved', 'died')", name=op.f('ck_departure_why')),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_departure_by_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_departure_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_departure'))
    )
    op.create_table('device_member',
    sa.Column('device_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('proof', sa.String(), nullable=False),
    sa.Column('added_by', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("proof IN ('card', 'pin')", name=op.f('ck_device_member_proof')),
    sa.ForeignKeyConstraint(['added_by'], ['person.id'], name=op.f('fk_device_member_added_by_person')),
    sa.ForeignKeyConstraint(['device_id'], ['device.id'], name=op.f('fk_device_member_device_id_device')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_device_member_person_id_person')),
    sa.PrimaryKeyConstraint('device_id', 'person_id', name=op.f('pk_device_member'))
    )
    with op.batch_alter_table('device_member', schema=None) as batch_op:
        batch_op.create_index('ix_device_member_person', ['person_id'], unique=False)

    op.create_table('entry_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('password', 'rescue')", name=op.f('ck_entry_link_kind')),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_entry_link_created_by_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_entry_link_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_entry_link_token_hash'))
    )
    with op.batch_alter_table('entry_link', schema=None) as batch_op:
        batch_op.create_index('uq_entry_link_open', ['person_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('erasure',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.Integer(), nullable=True),
    sa.Column('scrubbed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("why IN ('own', 'request', 'clock', 'restored')", name=op.f('ck_erasure_why')),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_erasure_by_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_erasure_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_erasure'))
    )
    with op.batch_alter_table('erasure', schema=None) as batch_op:
        batch_op.create_index('ix_erasure_scrubbed', ['scrubbed_at'], unique=False)

    op.create_table('half_sign_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_half_sign_in_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_half_sign_in')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_half_sign_in_token_hash'))
    )
    with op.batch_alter_table('half_sign_in', schema=None) as batch_op:
        batch_op.create_index('ix_half_sign_in_person', ['person_id'], unique=False)

    op.create_table('household_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('household_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('added_by', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('ended_at IS NULL OR ended_at >= added_at', name=op.f('ck_household_member_ends_after_start')),
    sa.ForeignKeyConstraint(['added_by'], ['person.id'], name=op.f('fk_household_member_added_by_person')),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_household_member_household_id_household')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_household_member_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_household_member'))
    )
    with op.batch_alter_table('household_member', schema=None) as batch_op:
        batch_op.create_index('ix_household_member_household', ['household_id'], unique=False)
        batch_op.create_index('uq_household_member_open', ['person_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('merge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kept_id', sa.Integer(), nullable=False),
    sa.Column('gone_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.Integer(), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('import_key', sa.String(), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('(undone_at IS NULL) = (undone_by IS NULL)', name=op.f('ck_merge_undone_by_someone')),
    sa.CheckConstraint('kept_id <> gone_id', name=op.f('ck_merge_two_records')),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_merge_by_person')),
    sa.ForeignKeyConstraint(['gone_id'], ['person.id'], name=op.f('fk_merge_gone_id_person')),
    sa.ForeignKeyConstraint(['kept_id'], ['person.id'], name=op.f('fk_merge_kept_id_person')),
    sa.ForeignKeyConstraint(['undone_by'], ['person.id'], name=op.f('fk_merge_undone_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_merge'))
    )
    with op.batch_alter_table('merge', schema=None) as batch_op:
        batch_op.create_index('ix_merge_import_key', ['import_key'], unique=False)
        batch_op.create_index('ix_merge_kept', ['kept_id'], unique=False)
        batch_op.create_index('uq_merge_gone_open', ['gone_id'], unique=True, sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))

    op.create_table('not_double',
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.Integer(), nullable=False),
    sa.CheckConstraint('first_id < second_id', name=op.f('ck_not_double_in_order')),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_not_double_by_person')),
    sa.ForeignKeyConstraint(['first_id'], ['person.id'], name=op.f('fk_not_double_first_id_person')),
    sa.ForeignKeyConstraint(['second_id'], ['person.id'], name=op.f('fk_not_double_second_id_person')),
    sa.PrimaryKeyConstraint('first_id', 'second_id', name=op.f('pk_not_double'))
    )
    op.create_table('placement',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('tier', sa.String(), nullable=False),
    sa.Column('credit', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("tier IN ('lam-quen', 'thu-suc')", name=op.f('ck_placement_tier')),
    sa.CheckConstraint('credit BETWEEN 0 AND 100', name=op.f('ck_placement_credit')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_placement_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_placement'))
    )
    op.create_table('privacy_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('contact', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_by', sa.Integer(), nullable=True),
    sa.Column('ack_due', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('acknowledged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('acknowledged_by', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.String(), nullable=True),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f('ck_privacy_request_closed')),
    sa.CheckConstraint("(state = 'new') = (acknowledged_at IS NULL)", name=op.f('ck_privacy_request_acknowledged')),
    sa.CheckConstraint("kind IN ('see', 'correct', 'restrict', 'erase', 'object')", name=op.f('ck_privacy_request_kind')),
    sa.CheckConstraint("outcome IN ('done', 'refused')", name=op.f('ck_privacy_request_outcome')),
    sa.CheckConstraint("person_id IS NOT NULL OR contact <> ''", name=op.f('ck_privacy_request_reachable')),
    sa.CheckConstraint("state <> 'closed' OR length(answer) > 0", name=op.f('ck_privacy_request_closed_with_answer')),
    sa.CheckConstraint("state IN ('new', 'acknowledged', 'closed')", name=op.f('ck_privacy_request_state')),
    sa.CheckConstraint('(closed_at IS NULL) = (outcome IS NULL)', name=op.f('ck_privacy_request_outcome_when_closed')),
    sa.CheckConstraint('received_at <= ack_due AND received_at <= due', name=op.f('ck_privacy_request_clocks')),
    sa.ForeignKeyConstraint(['acknowledged_by'], ['person.id'], name=op.f('fk_privacy_request_acknowledged_by_person')),
    sa.ForeignKeyConstraint(['closed_by'], ['person.id'], name=op.f('fk_privacy_request_closed_by_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_privacy_request_person_id_person')),
    sa.ForeignKeyConstraint(['received_by'], ['person.id'], name=op.f('fk_privacy_request_received_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_privacy_request')),
    sa.UniqueConstraint('key', name=op.f('uq_privacy_request_key'))
    )
    with op.batch_alter_table('privacy_request', schema=None) as batch_op:
        batch_op.create_index('ix_privacy_request_due', ['state', 'due'], unique=False)
        batch_op.create_index('ix_privacy_request_person', ['person_id'], unique=False)

    op.create_table('recovery_code',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('secret', sa.String(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('place BETWEEN 0 AND 9', name=op.f('ck_recovery_code_place')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_recovery_code_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'place', name=op.f('pk_recovery_code'))
    )
    op.create_table('second_factor',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.String(), nullable=True),
    sa.Column('sealed_next', sa.String(), nullable=True),
    sa.Column('last_step', sa.Integer(), nullable=False),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(sealed IS NULL) = (set_at IS NULL)', name=op.f('ck_second_factor_set_when_in_use')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_second_factor_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_second_factor'))
    )
    op.create_table('team_group',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['group.id'], name=op.f('fk_team_group_group_id_group')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_team_group_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'group_id', name=op.f('pk_team_group'))
    )
    op.create_table('team_offer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state <> 'declined' OR length(reason) > 0", name=op.f('ck_team_offer_declined_with_reason')),
    sa.CheckConstraint("state IN ('waiting', 'accepted', 'declined', 'withdrawn', 'left')", name=op.f('ck_team_offer_state')),
    sa.CheckConstraint("state NOT IN ('accepted', 'declined') OR decided_at IS NOT NULL", name=op.f('ck_team_offer_decided')),
    sa.CheckConstraint('(decided_at IS NULL) = (decided_by IS NULL)', name=op.f('ck_team_offer_decided_by_someone')),
    sa.CheckConstraint('decided_by IS NULL OR decided_by <> person_id', name=op.f('ck_team_offer_decided_by_another')),
    sa.CheckConstraint('length(reason) <= 200', name=op.f('ck_team_offer_reason_length')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_team_offer_decided_by_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_team_offer_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team_offer'))
    )
    with op.batch_alter_table('team_offer', schema=None) as batch_op:
        batch_op.create_index('ix_team_offer_state', ['state', 'made_at'], unique=False)
        batch_op.create_index('uq_team_offer_open', ['person_id'], unique=True, sqlite_where=sa.text("state IN ('waiting', 'accepted')"), postgresql_where=sa.text("state IN ('waiting', 'accepted')"))

    op.create_table('team_time',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(), nullable=False),
    sa.CheckConstraint("part IN ('morning', 'afternoon', 'evening')", name=op.f('ck_team_time_part')),
    sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_team_time_weekday')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_team_time_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'weekday', 'part', name=op.f('pk_team_time'))
    )
    op.create_table('team_topic',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('topic_slug', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_team_topic_person_id_person')),
    sa.ForeignKeyConstraint(['topic_slug'], ['topic.slug'], name=op.f('fk_team_topic_topic_slug_topic')),
    sa.PrimaryKeyConstraint('person_id', 'topic_slug', name=op.f('pk_team_topic'))
    )
    op.create_table('visit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('volunteer_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('how', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.CheckConstraint("how IN ('independent', 'read_aloud', 'demonstrated')", name=op.f('ck_visit_how')),
    sa.CheckConstraint('ended_at IS NULL OR ended_at >= started_at', name=op.f('ck_visit_ends_after_start')),
    sa.CheckConstraint('length(note) <= 200', name=op.f('ck_visit_note_length')),
    sa.CheckConstraint('person_id IS NULL OR person_id <> volunteer_id', name=op.f('ck_visit_not_oneself')),
    sa.ForeignKeyConstraint(['group_id'], ['group.id'], name=op.f('fk_visit_group_id_group')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_visit_person_id_person')),
    sa.ForeignKeyConstraint(['volunteer_id'], ['person.id'], name=op.f('fk_visit_volunteer_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit'))
    )
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.create_index('ix_visit_group', ['group_id', 'started_at'], unique=False)
        batch_op.create_index('ix_visit_person', ['person_id', 'started_at'], unique=False)
        batch_op.create_index('uq_visit_volunteer_open', ['volunteer_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('helper_naming',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('learner_id', sa.Integer(), nullable=False),
    sa.Column('helper_id', sa.Integer(), nullable=False),
    sa.Column('skill_slug', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('ended_at IS NULL OR ended_at >= at', name=op.f('ck_helper_naming_ends_after_start')),
    sa.CheckConstraint('learner_id <> helper_id', name=op.f('ck_helper_naming_not_oneself')),
    sa.ForeignKeyConstraint(['helper_id'], ['person.id'], name=op.f('fk_helper_naming_helper_id_person')),
    sa.ForeignKeyConstraint(['learner_id'], ['person.id'], name=op.f('fk_helper_naming_learner_id_person')),
    sa.ForeignKeyConstraint(['skill_slug'], ['skill.slug'], name=op.f('fk_helper_naming_skill_slug_skill')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_helper_naming'))
    )
    with op.batch_alter_table('helper_naming', schema=None) as batch_op:
        batch_op.create_index('ix_helper_naming_helper', ['helper_id'], unique=False)
        batch_op.create_index('uq_helper_naming_open', ['learner_id', 'skill_slug'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('practice',
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('skill_slug', sa.String(), nullable=False),
    sa.Column('topic_slug', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('review_by', sa.Date(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('minutes BETWEEN 1 AND 30', name=op.f('ck_practice_minutes')),
    sa.ForeignKeyConstraint(['skill_slug'], ['skill.slug'], name=op.f('fk_practice_skill_slug_skill')),
    sa.ForeignKeyConstraint(['topic_slug'], ['topic.slug'], name=op.f('fk_practice_topic_slug_topic')),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_practice'))
    )
    with op.batch_alter_table('practice', schema=None) as batch_op:
        batch_op.create_index('ix_practice_skill', ['skill_slug'], unique=False)

    op.create_table('take_down',
    sa.Column('publication_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['publication_id'], ['publication.id'], name=op.f('fk_take_down_publication_id_publication')),
    sa.PrimaryKeyConstraint('publication_id', name=op.f('pk_take_down'))
    )
    op.create_table('confirmation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('practice_slug', sa.String(), nullable=False),
    sa.Column('skill_slug', sa.String(), nullable=False),
    sa.Column('volunteer_id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('period', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('ended_at IS NULL OR ended_at >= at', name=op.f('ck_confirmation_ends_after_start')),
    sa.CheckConstraint('volunteer_id <> person_id', name=op.f('ck_confirmation_not_oneself')),
    sa.ForeignKeyConstraint(['period'], ['draw_seed.period'], name=op.f('fk_confirmation_period_draw_seed')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_confirmation_person_id_person')),
    sa.ForeignKeyConstraint(['practice_slug'], ['practice.slug'], name=op.f('fk_confirmation_practice_slug_practice')),
    sa.ForeignKeyConstraint(['skill_slug'], ['skill.slug'], name=op.f('fk_confirmation_skill_slug_skill')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_confirmation_visit_id_visit')),
    sa.ForeignKeyConstraint(['volunteer_id'], ['person.id'], name=op.f('fk_confirmation_volunteer_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_confirmation'))
    )
    with op.batch_alter_table('confirmation', schema=None) as batch_op:
        batch_op.create_index('ix_confirmation_period', ['period'], unique=False)
        batch_op.create_index('ix_confirmation_volunteer', ['volunteer_id', 'at'], unique=False)
        batch_op.create_index('uq_confirmation_open', ['person_id', 'skill_slug'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('practising',
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('practice_slug', sa.String(), nullable=False),
    sa.Column('run', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('run BETWEEN 1 AND 20', name=op.f('ck_practising_run')),
    sa.ForeignKeyConstraint(['practice_slug'], ['practice.slug'], name=op.f('fk_practising_practice_slug_practice')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_practising_visit_id_visit')),
    sa.PrimaryKeyConstraint('visit_id', 'practice_slug', name=op.f('pk_practising'))
    )
    op.create_table('review',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('objective_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('first_on', sa.Date(), nullable=True),
    sa.Column('first_credit', sa.Integer(), nullable=True),
    sa.Column('last_credit', sa.Integer(), nullable=False),
    sa.CheckConstraint('(first_on IS NULL) = (first_credit IS NULL)', name=op.f('ck_review_first')),
    sa.CheckConstraint('due_on IS NOT NULL OR stage = 3', name=op.f('ck_review_done_after_the_last_stage')),
    sa.CheckConstraint('first_credit BETWEEN 0 AND 100', name=op.f('ck_review_first_credit')),
    sa.CheckConstraint('last_credit BETWEEN 0 AND 100', name=op.f('ck_review_last_credit')),
    sa.CheckConstraint('stage BETWEEN 0 AND 3', name=op.f('ck_review_stage')),
    sa.ForeignKeyConstraint(['objective_id'], ['objective.id'], name=op.f('fk_review_objective_id_objective')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_review_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'objective_id', name=op.f('pk_review'))
    )
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.create_index('ix_review_due', ['person_id', 'due_on'], unique=False)

    op.create_table('item_hold',
    sa.Column('item_id', sa.String(), nullable=False),
    sa.Column('origin', sa.String(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('held_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('held_by', sa.Integer(), nullable=False),
    sa.CheckConstraint("origin IN ('file', 'ward')", name=op.f('ck_item_hold_origin')),
    sa.ForeignKeyConstraint(['held_by'], ['person.id'], name=op.f('fk_item_hold_held_by_person')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_hold_item_id_item')),
    sa.PrimaryKeyConstraint('item_id', name=op.f('pk_item_hold'))
    )
    op.create_table('proposal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('quiz_id', sa.String(), nullable=False),
    sa.Column('objective_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('item_id', sa.String(), nullable=True),
    sa.CheckConstraint("(state = 'accepted') = (item_id IS NOT NULL)", name=op.f('ck_proposal_accepted_is_item')),
    sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name=op.f('ck_proposal_waiting_until_decided')),
    sa.CheckConstraint("state <> 'declined' OR length(answer) > 0", name=op.f('ck_proposal_declined_with_reason')),
    sa.CheckConstraint("state IN ('waiting', 'accepted', 'declined')", name=op.f('ck_proposal_state')),
    sa.CheckConstraint('(decided_at IS NULL) = (decided_by IS NULL)', name=op.f('ck_proposal_decided_by_someone')),
    sa.CheckConstraint('decided_by IS NULL OR decided_by <> person_id', name=op.f('ck_proposal_decided_by_another')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_proposal_decided_by_person')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_proposal_item_id_item')),
    sa.ForeignKeyConstraint(['objective_id'], ['objective.id'], name=op.f('fk_proposal_objective_id_objective')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_proposal_person_id_person')),
    sa.ForeignKeyConstraint(['quiz_id'], ['quiz.id'], name=op.f('fk_proposal_quiz_id_quiz')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposal')),
    sa.UniqueConstraint('item_id', name=op.f('uq_proposal_item_id')),
    sa.UniqueConstraint('key', name=op.f('uq_proposal_key'))
    )
    with op.batch_alter_table('proposal', schema=None) as batch_op:
        batch_op.create_index('ix_proposal_person', ['person_id'], unique=False)
        batch_op.create_index('ix_proposal_state', ['state', 'id'], unique=False)

    op.create_table('second_look',
    sa.Column('confirmation_id', sa.Integer(), nullable=False),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('outcome', sa.String(), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('looked_by', sa.Integer(), nullable=True),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("outcome IS NULL OR outcome IN ('ok', 'redo', 'unreached')", name=op.f('ck_second_look_outcome')),
    sa.CheckConstraint('(outcome IS NULL) = (looked_at IS NULL)', name=op.f('ck_second_look_looked_at_some_time')),
    sa.CheckConstraint('(outcome IS NULL) = (looked_by IS NULL)', name=op.f('ck_second_look_looked_by_someone')),
    sa.CheckConstraint('length(note) <= 200', name=op.f('ck_second_look_note_length')),
    sa.ForeignKeyConstraint(['confirmation_id'], ['confirmation.id'], name=op.f('fk_second_look_confirmation_id_confirmation')),
    sa.ForeignKeyConstraint(['looked_by'], ['person.id'], name=op.f('fk_second_look_looked_by_person')),
    sa.PrimaryKeyConstraint('confirmation_id', name=op.f('pk_second_look'))
    )
    with op.batch_alter_table('second_look', schema=None) as batch_op:
        batch_op.create_index('ix_second_look_outcome', ['outcome'], unique=False)

    op.create_table('tick',
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('practice_slug', sa.String(), nullable=False),
    sa.Column('run', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(), nullable=False),
    sa.Column('mark', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("mark IN ('self', 'prompted')", name=op.f('ck_tick_mark')),
    sa.CheckConstraint('run BETWEEN 1 AND 20', name=op.f('ck_tick_run')),
    sa.ForeignKeyConstraint(['visit_id', 'practice_slug'], ['practising.visit_id', 'practising.practice_slug'], name='fk_tick_practising'),
    sa.PrimaryKeyConstraint('visit_id', 'practice_slug', 'run', 'step', name=op.f('pk_tick'))
    )
    op.create_table('turn',
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.String(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('choice', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_turn_attempt_id_attempt')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_turn_item_id_item')),
    sa.PrimaryKeyConstraint('attempt_id', 'item_id', 'round', 'place', name=op.f('pk_turn'))
    )
    op.create_table('delayed',
    sa.Column('response_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('objective_id', sa.Integer(), nullable=False),
    sa.Column('topic_slug', sa.String(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('first_credit', sa.Integer(), nullable=False),
    sa.Column('after_credit', sa.Integer(), nullable=False),
    sa.Column('credit', sa.Integer(), nullable=False),
    sa.Column('unseen', sa.Boolean(), nullable=False),
    sa.CheckConstraint('after_credit BETWEEN 0 AND 100', name=op.f('ck_delayed_after_credit')),
    sa.CheckConstraint('credit BETWEEN 0 AND 100', name=op.f('ck_delayed_credit')),
    sa.CheckConstraint('days >= 30', name=op.f('ck_delayed_late_enough')),
    sa.CheckConstraint('first_credit BETWEEN 0 AND 100', name=op.f('ck_delayed_first_credit')),
    sa.ForeignKeyConstraint(['group_id'], ['group.id'], name=op.f('fk_delayed_group_id_group')),
    sa.ForeignKeyConstraint(['objective_id'], ['objective.id'], name=op.f('fk_delayed_objective_id_objective')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_delayed_person_id_person')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_delayed_response_id_response')),
    sa.ForeignKeyConstraint(['topic_slug'], ['topic.slug'], name=op.f('fk_delayed_topic_slug_topic')),
    sa.PrimaryKeyConstraint('response_id', name=op.f('pk_delayed')),
    sa.UniqueConstraint('person_id', 'objective_id', 'day', name=op.f('uq_delayed_person_id_objective_id_day'))
    )
    with op.batch_alter_table('delayed', schema=None) as batch_op:
        batch_op.create_index('ix_delayed_topic_group', ['topic_slug', 'group_id'], unique=False)

    op.create_table('item_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('item_id', sa.String(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('guest', sa.String(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state = 'open') = (closed_at IS NULL)", name=op.f('ck_item_report_open_until_closed')),
    sa.CheckConstraint("reason IN ('key', 'rationale', 'spelling', 'unclear', 'outdated', 'other')", name=op.f('ck_item_report_reason')),
    sa.CheckConstraint("state = 'open' OR length(answer) > 0", name=op.f('ck_item_report_closed_with_answer')),
    sa.CheckConstraint("state IN ('open', 'fixed', 'kept')", name=op.f('ck_item_report_state')),
    sa.CheckConstraint('(closed_at IS NULL) = (closed_by IS NULL)', name=op.f('ck_item_report_closed_by_someone')),
    sa.CheckConstraint('(person_id IS NULL) <> (guest IS NULL)', name=op.f('ck_item_report_person_or_guest')),
    sa.CheckConstraint('length(words) <= 500', name=op.f('ck_item_report_words_length')),
    sa.ForeignKeyConstraint(['closed_by'], ['person.id'], name=op.f('fk_item_report_closed_by_person')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_report_item_id_item')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_item_report_person_id_person')),
    sa.ForeignKeyConstraint(['revision_id'], ['item_revision.id'], name=op.f('fk_item_report_revision_id_item_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_report')),
    sa.UniqueConstraint('key', name=op.f('uq_item_report_key'))
    )
    with op.batch_alter_table('item_report', schema=None) as batch_op:
        batch_op.create_index('ix_item_report_guest', ['guest', 'created_at'], unique=False)
        batch_op.create_index('ix_item_report_person', ['person_id', 'created_at'], unique=False)
        batch_op.create_index('ix_item_report_state', ['state', 'item_id'], unique=False)

    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.add_column(sa.Column('purpose', sa.String(), nullable=False, server_default='lesson'))
        batch_op.alter_column('quiz_id', existing_type=sa.String(), nullable=True)
        batch_op.create_check_constraint(op.f('ck_attempt_purpose'), "purpose IN ('lesson', 'review', 'placement')")
        batch_op.create_check_constraint(op.f('ck_attempt_lesson_has_quiz'), "(quiz_id IS NULL) = (purpose <> 'lesson')")
        batch_op.create_index('ix_attempt_guest', ['guest', 'quiz_id'], unique=False)
        batch_op.create_index('ix_attempt_person', ['person_id', 'quiz_id'], unique=False)
        batch_op.create_index('uq_attempt_guest_mixed', ['guest', 'purpose'], unique=True, sqlite_where=sa.text('ended_at IS NULL AND quiz_id IS NULL'), postgresql_where=sa.text('ended_at IS NULL AND quiz_id IS NULL'))
        batch_op.create_index('uq_attempt_person_mixed', ['person_id', 'purpose'], unique=True, sqlite_where=sa.text('ended_at IS NULL AND quiz_id IS NULL'), postgresql_where=sa.text('ended_at IS NULL AND quiz_id IS NULL'))

    with op.batch_alter_table('card', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sheet_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_card_sheet_id_card_sheet'), 'card_sheet', ['sheet_id'], ['id'])

    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.add_column(sa.Column('how', sa.String(), nullable=True))
        batch_op.create_check_constraint(op.f('ck_consent_how'), "how IN ('screen', 'spoken', 'paper', 'phone')")

    op.execute("UPDATE consent SET how = 'screen' WHERE recorded_by IS NULL")

    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.add_column(sa.Column('locks', sa.Boolean(), nullable=True))

    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.add_column(sa.Column('credit', sa.Integer(), nullable=False, server_default='0'))

    op.execute('UPDATE response SET credit = CASE WHEN "right" THEN 100 ELSE 0 END')
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.drop_column('right')
        batch_op.create_check_constraint(op.f('ck_response_credit'), 'credit BETWEEN 0 AND 100')

    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_index('uq_role_grant_open', sqlite_where=sa.text('ended_at IS NULL'))
        batch_op.drop_constraint(op.f('ck_role_grant_role'), type_='check')
        batch_op.create_check_constraint(op.f('ck_role_grant_role'), "role IN ('volunteer', 'leader', 'author', 'reviewer', 'approver', 'partner', 'admin', 'officer')")
        batch_op.create_index('uq_role_grant_open', ['person_id', 'role', 'group_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))



def downgrade() -> None:
    """There is no way back from here but the backup made before upgrading (docs/running.md)."""
    raise NotImplementedError
