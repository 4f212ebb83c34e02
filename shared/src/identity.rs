//! Who a person is: documents, names, phones. Every value here can only be made by a parser, and
//! none shows what it holds to a log.

pub mod clean;
pub mod document;
pub mod id_type;
pub(crate) mod letters;
pub mod masked;
pub mod name;
pub mod number18;
pub mod number_reason;
pub mod person;
pub mod phone;
pub mod phone_code;
pub mod sex;
mod shown;

pub use document::{IdDocument, NotThisDocument};
pub use id_type::IdType;
pub use masked::MaskedPerson;
pub use name::{NameReason, PersonName};
pub use number_reason::NumberReason;
pub use person::{BIRTH_DATE, PersonReason};
pub use phone::{Phone, PhoneReason};
pub use phone_code::{PhoneCode, PhoneCodeReason};
pub use sex::Sex;
