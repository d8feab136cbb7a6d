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
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.add_column(sa.Column('purpose', sa.String(), nullable=False, server_default='lesson'))
        batch_op.alter_column('quiz_id', existing_type=sa.String(), nullable=True)
        batch_op.create_check_constraint(op.f('ck_attempt_purpose'), "purpose IN ('lesson', 'review', 'placement')")
        batch_op.create_check_constraint(op.f('ck_attempt_lesson_has_quiz'), "(quiz_id IS NULL) = (purpose <> 'lesson')")
        batch_op.create_index('uq_attempt_guest_mixed', ['guest', 'purpose'], unique=True, sqlite_where=sa.text('ended_at IS NULL AND quiz_id IS NULL'), postgresql_where=sa.text('ended_at IS NULL AND quiz_id IS NULL'))
        batch_op.create_index('uq_attempt_person_mixed', ['person_id', 'purpose'], unique=True, sqlite_where=sa.text('ended_at IS NULL AND quiz_id IS NULL'), postgresql_where=sa.text('ended_at IS NULL AND quiz_id IS NULL'))

    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.add_column(sa.Column('credit', sa.Integer(), nullable=False, server_default='0'))

    op.execute('UPDATE response SET credit = CASE WHEN "right" THEN 100 ELSE 0 END')
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.drop_column('right')
        batch_op.create_check_constraint(op.f('ck_response_credit'), 'credit BETWEEN 0 AND 100')



def downgrade() -> None:
    """There is no way back from here: go back with the backup that ``hocso`` made before upgrading."""
    raise NotImplementedError
