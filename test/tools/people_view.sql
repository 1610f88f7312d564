-- schema
CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
--: run person_put(id i64, name text)
INSERT INTO person (id, name) VALUES (:id, :name);
