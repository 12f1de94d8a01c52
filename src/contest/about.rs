//! `[contest]`: what the contest is called, who holds it, and when.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::refusals::refuse_before;
use super::table::{At, Source, Table, values};
use crate::fact::Fact;
use crate::fault::{self, Place};

/// `[contest]`.
pub(super) struct About {
    pub name: String,
    pub organizers: Vec<String>,
    pub check: Option<String>,
    pub date: Date,
    pub places: BTreeMap<Fact, Place>,
}

pub(super) fn read(
    source: &Source<'_>,
    table: &Table<'_>,
    final_ends: Option<Date>,
) -> Option<About> {
    let name = table.need("name");
    let organizers = table.need_list("organizers");
    let check = table.get::<String>("check").map(|check| read_address(source, table, check));
    let date = table.need::<Date>("date");
    table.finish();
    if let Some(date) = &date {
        refuse_before(source, &table.key("date"), date, final_ends);
    }
    let keys = [(Fact::Contest, "name"), (Fact::Issuer, "organizers"), (Fact::Date, "date")];
    let places = keys.map(|(fact, key)| (fact, table.place_of(key))).into();
    let (name, organizers, date) = (name?.value, values(organizers), date?.value);
    Some(About { name, organizers, check, date, places })
}

/// An address that a phone opens and that leaves its fragment to the program.
fn read_address(source: &Source<'_>, table: &Table<'_>, address: At<String>) -> String {
    let opens = ["https://", "http://"].iter().any(|scheme| address.value.starts_with(scheme));
    let plain = address.value.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
    if !(opens && plain) {
        let kind = fault::Contest::NotAllowed {
            key: table.key("check"),
            value: address.value.clone(),
            known: vec!["https://…/check.html".into()],
        };
        source.fault(kind, address.place);
    }
    address.value
}
