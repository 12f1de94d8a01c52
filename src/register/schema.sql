-- The register, version 1: a log that is only ever appended to.
--
-- action     reserve   a number or a revision of it is set aside; the row holds all that is printed
--            issue     the reservation it refers to is in a package that has its name
--            release   the reservation it refers to came to nothing; the number is free
--            revoke    the number is no longer valid, for a reason
--            reinstate it is valid again
--            key       from here on this public key signs
-- refers     reserve: the reservation it replaces; issue, release: the one it completes
-- subject    whom the document is about: the entrant's identity, or a shared field
-- entrant    the entrant as JSON
-- statement  the printed facts with the organizer's signature
-- hash       SHA-256 of the row as JSON in the order of the columns, this one being ""
CREATE TABLE entry (
    serial      INTEGER PRIMARY KEY,
    time        TEXT NOT NULL,
    action      TEXT NOT NULL,
    refers      INTEGER REFERENCES entry (serial),
    number      TEXT,
    revision    INTEGER,
    kind        TEXT,
    subject     TEXT,
    member      TEXT,
    series      TEXT,
    seq         INTEGER,
    entrant     TEXT,
    statement   TEXT,
    fingerprint TEXT,
    sha256      TEXT,
    reason      TEXT,
    key         TEXT,
    previous    TEXT NOT NULL,
    hash        TEXT NOT NULL UNIQUE
) STRICT;

CREATE INDEX entry_number ON entry (number);

CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
BEGIN SELECT raise(ABORT, 'the register is only appended to'); END;

CREATE TRIGGER entry_remains BEFORE DELETE ON entry
BEGIN SELECT raise(ABORT, 'the register is only appended to'); END;

-- Every copy that was issued, for whoever opens this file with another tool.
CREATE VIEW certificate AS
SELECT r.number, r.revision, r.kind, r.statement, r.sha256, i.time AS issued,
    CASE
        WHEN (SELECT l.action FROM entry l
              WHERE l.number = r.number AND l.action IN ('revoke', 'reinstate')
              ORDER BY l.serial DESC LIMIT 1) = 'revoke' THEN 'revoked'
        WHEN r.revision < (SELECT max(n.revision) FROM entry n
                           WHERE n.number = r.number AND n.action = 'issue') THEN 'superseded'
        ELSE 'valid'
    END AS status,
    r.reason
FROM entry i JOIN entry r ON r.serial = i.refers
WHERE i.action = 'issue'
ORDER BY i.serial;
