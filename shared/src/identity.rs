//! Who a person is: documents, names, phones. Every type here can only be made by a parser.

pub mod id_type;
pub mod sex;

pub use id_type::IdType;
pub use sex::Sex;
