//! A sheet that changes after its certificates went out: whoever has a number
//! keeps it, whoever is new gets the next, and exactly what changed is made
//! anew.

mod one_change;
mod own_fields;
mod people;
mod whatever_happens;
