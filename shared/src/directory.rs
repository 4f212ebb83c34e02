//! Where something is: places of a kind with their tiers, services and hours, found by name, by what they offer and by how far
//! they are. The engine knows no kind; a kind is data.

pub mod access;
pub mod bundle;
pub mod dial;
pub mod filter;
pub mod found;
pub mod freshness;
pub mod here;
pub mod kind;
pub mod listing;
pub mod map_link;
pub mod names;
pub mod position;
pub mod refusal;
pub mod report;
pub mod said;
pub mod section;
pub mod sight;
pub mod spot;
pub mod times;
pub mod walk;

pub use access::{Access, Fact};
pub use bundle::Places;
pub use dial::Dial;
pub use filter::{Filter, Fit, When, YEARS};
pub use found::{Found, Looked, Sought, find, is_among, look};
pub use freshness::Freshness;
pub use here::{Fix, Here};
pub use kind::{Kind, ServiceKind, Shape, Tier};
pub use listing::{Area, Closed, Listing};
pub use names::Names;
pub use refusal::Refusal;
pub use report::{About, Report};
pub use section::{Capacity, Confirmation, Grade, Section, ServiceHere};
pub use sight::Sight;
pub use spot::Spot;
pub use times::Times;
