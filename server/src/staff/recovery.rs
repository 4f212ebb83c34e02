//! Ten codes on paper, for whoever has lost the authenticator. Each works once.

use chrono::{DateTime, Utc};
use shared::staff::AccountName;
use sqlx::AnyConnection;

use crate::database::{DatabaseError, sql::sql};
use crate::keys::{Keys, token::new_id};

const CODES: usize = 10;
/// Letters and digits of a code: 130 bits, so that its hash need not be slow (OWASP ASVS 6.5.2).
const LENGTH: usize = 26;

/// New codes, as they are shown once.
pub(super) fn new_codes() -> Vec<String> {
    (0..CODES).map(|_| new_id()).collect()
}

/// The fingerprint of a code, however it was typed; nothing for what cannot be one.
pub(super) fn fingerprint(keys: &Keys, account: &AccountName, typed: &str) -> Option<String> {
    if typed.len() > 4 * LENGTH {
        return None;
    }
    let code: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let is_code = code.len() == LENGTH && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let text = format!("{account}\n{}", code.to_ascii_lowercase());
    is_code.then(|| keys.fingerprint("staff-recovery", text.as_bytes()))
}

/// Puts new codes in the place of all older ones.
pub(super) async fn replace(
    connection: &mut AnyConnection,
    account: &AccountName,
    fingerprints: &[String],
) -> Result<(), DatabaseError> {
    let old = "delete from staff_recovery_code where account = $1";
    sql(old, [account.as_str().into()]).execute(&mut *connection).await?;
    for code in fingerprints {
        let statement = "insert into staff_recovery_code (account, code_hash) values ($1, $2)";
        sql(statement, [account.as_str().into(), code.as_str().into()]).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Whether it was a code that had not been used; now it is.
pub(super) async fn use_up(
    connection: &mut AnyConnection,
    account: &AccountName,
    fingerprint: &str,
    now: DateTime<Utc>,
) -> Result<bool, DatabaseError> {
    let statement = "update staff_recovery_code set used_at = $1 \
         where account = $2 and code_hash = $3 and used_at is null";
    let values = [now.into(), account.as_str().into(), fingerprint.into()];
    Ok(sql(statement, values).execute(connection).await?.rows_affected() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Cipher;

    #[test]
    fn a_code_is_the_same_with_spaces_hyphens_and_capitals_and_belongs_to_one_account() {
        let keys = Keys::generate(Cipher::Aes256Gcm);
        let [clerk, other] = ["demo-clerk", "demo-clerk-2"].map(|name| AccountName::parse(name).unwrap());
        let code = new_codes().remove(0);
        let typed = format!(" {}-{} {}", &code[..8], code[8..20].to_uppercase(), &code[20..]);
        let of = |account, text: &str| fingerprint(&keys, account, text);
        assert!(of(&clerk, &code).is_some());
        assert_eq!(of(&clerk, &typed), of(&clerk, &code));
        assert_ne!(of(&other, &code), of(&clerk, &code));
        for wrong in ["", "123456", &code[1..], &" ".repeat(1_000_000)] {
            assert_eq!(of(&clerk, wrong), None);
        }
    }
}
