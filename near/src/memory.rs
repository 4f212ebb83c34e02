//! The memory that the module and its script share: what the script writes, and answers as numbers that it reads.

use std::cell::Cell;

#[cfg(target_arch = "wasm32")]
use lol_alloc::{FreeListAllocator, LockedAllocator};
use shared::directory::said::{Bit, Phrase, Said};

use super::List;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: LockedAllocator<FreeListAllocator> = LockedAllocator::new(FreeListAllocator::new());

thread_local! {
    static ROOM: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    static LIST: Cell<Option<&'static List>> = const { Cell::new(None) };
    static ANSWER: Cell<Vec<u32>> = const { Cell::new(Vec::new()) };
}

pub fn room(bytes: usize) -> usize {
    let room = vec![0; bytes];
    let at = room.as_ptr().addr();
    ROOM.set(room);
    at
}

/// What the list is read from stays as the list does.
pub fn open(read: impl FnOnce(&'static [u8]) -> Option<&'static List>) -> bool {
    let list = read(ROOM.take().leak());
    LIST.set(list);
    list.is_some()
}

/// What stands in the room is asked of the list.
pub fn answer(give: impl for<'a> FnOnce(&'a List, &'a str) -> Said<'a>) -> usize {
    let room = ROOM.take();
    let (list, asked) = (LIST.get(), std::str::from_utf8(&room).unwrap_or_default());
    let said = list.map(|list| give(list, asked)).unwrap_or_default();
    let answer = numbers(&said);
    let at = answer.as_ptr().addr();
    ANSWER.set(answer);
    // Texts of the answer may stand in it.
    ROOM.set(room);
    at
}

/// A phrase as its number, weekdays and months after all of these, and a text as where it is and how long.
fn numbers(said: &Said<'_>) -> Vec<u32> {
    let mut numbers = Vec::new();
    let after = number(Phrase::ALL.len());
    for bit in said.bits() {
        match bit {
            Bit::Phrase(phrase) => numbers.push(*phrase as u32),
            Bit::Number(number) | Bit::Clock(number) => numbers.push(*number),
            Bit::Weekday(day) => numbers.push(after + day),
            Bit::Month(month) => numbers.push(after + 7 + month),
            Bit::Text(text) => numbers.extend([number(text.as_ptr().addr()), number(text.len())]),
        }
    }
    numbers
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
