//! Who a person is: documents, names, phones. Every value here can only be made by a parser, and
//! none shows what it holds to a log.

pub mod clean;
pub mod document;
pub mod id_type;
pub mod name;
pub mod number18;
pub mod phone;
pub mod phone_code;
pub mod sex;

pub use document::IdDocument;
pub use id_type::IdType;
pub use name::PersonName;
pub use phone::Phone;
pub use phone_code::PhoneCode;
pub use sex::Sex;
