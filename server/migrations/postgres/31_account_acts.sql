-- Accounts that were closed and roles that were taken back are listed for whoever oversees an office; they are few among all
-- events.
create index audit_of_accounts on audit (at) where act in ('account_suspended', 'suspension_agreed', 'suspension_not_agreed',
    'suspension_lapsed', 'account_lifted', 'account_reset', 'role_end_proposed', 'role_taken_back');
