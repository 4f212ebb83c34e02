-- An account that a second person did not confirm is closed as well, and stands in the list of those that were.
drop index audit_of_accounts;
create index audit_of_accounts on audit (at) where act in ('account_suspended', 'account_not_confirmed', 'suspension_agreed',
    'suspension_not_agreed', 'suspension_lapsed', 'account_lifted', 'account_reset', 'role_end_proposed', 'role_taken_back');
