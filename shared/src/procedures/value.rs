//! What a field of an application can hold, each only as its parser makes it.

mod address;
mod bank_account;
mod certificate;

pub use address::Address;
pub use bank_account::BankAccount;
pub use certificate::CertificateNumber;
