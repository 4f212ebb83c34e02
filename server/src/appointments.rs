//! The appointment engine: places, slots, holds, and the places that come back.

pub mod closure;
pub mod codes;
pub mod ending;
pub mod hold;
pub mod month;
pub mod publish;
pub mod record;
pub mod registry;
pub mod slots;
