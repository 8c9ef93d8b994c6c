PRAGMA application_id = 0;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, call TEXT NOT NULL, started_at TEXT NOT NULL) STRICT;
CREATE TABLE applicants (
    call TEXT NOT NULL, reference TEXT NOT NULL, address TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs,
    PRIMARY KEY (call, reference), UNIQUE (call, address)
) STRICT;
CREATE TABLE responses (
    call TEXT NOT NULL, key TEXT NOT NULL, reference TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs,
    PRIMARY KEY (call, key)
) STRICT;
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, call TEXT NOT NULL, reference TEXT NOT NULL, kind TEXT NOT NULL,
    revision INTEGER NOT NULL, run INTEGER NOT NULL REFERENCES runs, state TEXT NOT NULL,
    sender TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE, data BLOB NOT NULL,
    prepared_at TEXT NOT NULL, changed_at TEXT NOT NULL, next_attempt TEXT, deferred_at TEXT,
    attempts INTEGER NOT NULL DEFAULT 0, via TEXT NOT NULL DEFAULT '', reply TEXT NOT NULL DEFAULT '',
    UNIQUE (call, reference, kind, revision)
) STRICT;
CREATE TABLE standings (
    id INTEGER PRIMARY KEY AUTOINCREMENT, call TEXT NOT NULL, reference TEXT NOT NULL, status TEXT NOT NULL,
    eligibility TEXT NOT NULL, category TEXT NOT NULL, reason TEXT NOT NULL, decision TEXT NOT NULL,
    queue INTEGER NOT NULL, found TEXT NOT NULL, vacated INTEGER NOT NULL, at TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    run INTEGER NOT NULL REFERENCES runs, message INTEGER REFERENCES messages
) STRICT;
INSERT INTO meta VALUES ('ledger', '5eed5eed5eed5eed5eed5eed5eed5eed');
INSERT INTO meta VALUES ('secret', '1dea1dea1dea1dea1dea1dea1dea1dea');
INSERT INTO meta VALUES ('rows of bees-2024', '18');
INSERT INTO runs VALUES (1, 'bees-2024', '2024-03-20T07:00:00+02:00');
INSERT INTO runs VALUES (2, 'bees-2024', '2024-03-20T07:00:00+02:00');
INSERT INTO runs VALUES (3, 'bees-2024', '2024-04-08T07:00:00+03:00');
INSERT INTO runs VALUES (4, 'bees-2024', '2024-04-08T07:00:00+03:00');
INSERT INTO runs VALUES (5, 'bees-2024', '2024-04-12T07:00:00+03:00');
INSERT INTO runs VALUES (6, 'bees-2024', '2024-04-12T07:00:00+03:00');
INSERT INTO runs VALUES (7, 'bees-2024', '2024-04-15T07:00:00+03:00');
INSERT INTO runs VALUES (8, 'bees-2024', '2024-04-15T07:00:00+03:00');
INSERT INTO applicants VALUES ('bees-2024', 'P-558YJN', 'ana@example.org', 1);
INSERT INTO applicants VALUES ('bees-2024', 'P-RTEAFB', 'bruno@example.com', 1);
INSERT INTO applicants VALUES ('bees-2024', 'P-9WPHQS', 'carla@example.net', 1);
INSERT INTO applicants VALUES ('bees-2024', 'P-G2TP4M', 'dmitri@example.org', 1);
INSERT INTO applicants VALUES ('bees-2024', 'P-PVRJLP', 'elsa@example.com', 1);
INSERT INTO applicants VALUES ('bees-2024', 'P-2MC2XG', 'kurt@example.org', 1);
INSERT INTO applicants VALUES ('bees-2024', 'P-HDBSTP', 'lena@example.net', 1);
INSERT INTO applicants VALUES ('bees-2024', 'P-CDK4XF', 'nils@example.org', 1);
INSERT INTO applicants VALUES ('bees-2024', 'P-99DD56', 'olga@example.com', 1);
INSERT INTO applicants VALUES ('bees-2024', 'P-2JAF9U', 'piet@example.net', 1);
INSERT INTO applicants VALUES ('bees-2024', 'P-ANBH9U', 'filip@example.org', 3);
INSERT INTO applicants VALUES ('bees-2024', 'P-2GQEJ8', 'gerda@example.com', 3);
INSERT INTO applicants VALUES ('bees-2024', 'P-HX82CE', 'hugo@example.net', 3);
INSERT INTO applicants VALUES ('bees-2024', 'P-9WCR6K', 'jan@example.org', 3);
INSERT INTO applicants VALUES ('bees-2024', 'P-PT3FG4', 'lucia@example.com', 3);
INSERT INTO applicants VALUES ('bees-2024', 'P-2SQTV5', 'mara@example.net', 3);
INSERT INTO responses VALUES ('bees-2024', 'ana@example.org|2024-03-02T09:00:00', 'P-558YJN', 1);
INSERT INTO responses VALUES ('bees-2024', 'bruno@example.com|2024-03-03T10:15:00', 'P-RTEAFB', 1);
INSERT INTO responses VALUES ('bees-2024', 'carla@example.net|2024-03-04T11:30:00', 'P-9WPHQS', 1);
INSERT INTO responses VALUES ('bees-2024', 'dmitri@example.org|2024-03-05T08:45:00', 'P-G2TP4M', 1);
INSERT INTO responses VALUES ('bees-2024', 'elsa@example.com|2024-03-06T14:20:00', 'P-PVRJLP', 1);
INSERT INTO responses VALUES ('bees-2024', 'kurt@example.org|2024-03-07T16:05:00', 'P-2MC2XG', 1);
INSERT INTO responses VALUES ('bees-2024', 'lena@example.net|2024-03-08T12:00:00', 'P-HDBSTP', 1);
INSERT INTO responses VALUES ('bees-2024', 'nils@example.org|2024-03-09T12:40:00', 'P-CDK4XF', 1);
INSERT INTO responses VALUES ('bees-2024', 'olga@example.com|2024-03-10T13:10:00', 'P-99DD56', 1);
INSERT INTO responses VALUES ('bees-2024', 'piet@example.net|2024-03-11T17:55:00', 'P-2JAF9U', 1);
INSERT INTO responses VALUES ('bees-2024', 'ana@example.org|2024-04-01T09:00:00', 'P-558YJN', 3);
INSERT INTO responses VALUES ('bees-2024', 'filip@example.org|2024-04-02T09:30:00', 'P-ANBH9U', 3);
INSERT INTO responses VALUES ('bees-2024', 'gerda@example.com|2024-04-03T10:00:00', 'P-2GQEJ8', 3);
INSERT INTO responses VALUES ('bees-2024', 'hugo@example.net|2024-04-04T10:30:00', 'P-HX82CE', 3);
INSERT INTO responses VALUES ('bees-2024', 'jan@example.org|2024-04-05T11:00:00', 'P-9WCR6K', 3);
INSERT INTO responses VALUES ('bees-2024', 'lucia@example.com|2024-04-06T11:30:00', 'P-PT3FG4', 3);
INSERT INTO responses VALUES ('bees-2024', 'mara@example.net|2024-04-07T12:00:00', 'P-2SQTV5', 3);
INSERT INTO messages VALUES (1, 'bees-2024', 'P-558YJN', 'received', 1, 1, 'accepted', 'bees@example.org', 'ana@example.org', 'Application received: Turku', '<dfe7d2683c3fca0503bb4e4d843acea25a9b7520@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: ana@example.org
Reply-To: bees@example.org
Subject: Application received: Turku
Date: Wed, 20 Mar 2024 07:00:00 +0200
Message-ID: <dfe7d2683c3fca0503bb4e4d843acea25a9b7520@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-558YJN/received/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_daa7d426ec8b7033a7844dca7fdb71f4e46a25e0"

--=_daa7d426ec8b7033a7844dca7fdb71f4e46a25e0
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Ana Soler,

We will write to you by Friday 12 April 2024. Thank you.

Your reference: P-558YJN

--=_daa7d426ec8b7033a7844dca7fdb71f4e46a25e0
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Ana Soler,</p>
<p style=3D"color: #333;">We will write to you by Friday 12 April 2024. Tha=
nk you.</p>
<p style=3D"color: #333;">Your reference: P-558YJN</p>
</body></html>
--=_daa7d426ec8b7033a7844dca7fdb71f4e46a25e0--
', char(10), char(13, 10)) AS BLOB), '2024-03-20T07:00:00+02:00', '2024-03-20T07:00:00+02:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (2, 'bees-2024', 'P-RTEAFB', 'received', 1, 1, 'accepted', 'bees@example.org', 'bruno@example.com', 'Application received: Turku', '<94bfa50bf3f657449fe49f5fc5c6e18a37f6b348@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: bruno@example.com
Reply-To: bees@example.org
Subject: Application received: Turku
Date: Wed, 20 Mar 2024 07:00:00 +0200
Message-ID: <94bfa50bf3f657449fe49f5fc5c6e18a37f6b348@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-RTEAFB/received/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_e6a8d3e97c715776391fa71dee6f1981df9c438e"

--=_e6a8d3e97c715776391fa71dee6f1981df9c438e
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Bruno Vidal,

We will write to you by Friday 12 April 2024. Thank you.

Your reference: P-RTEAFB

--=_e6a8d3e97c715776391fa71dee6f1981df9c438e
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Bruno Vidal,</p>
<p style=3D"color: #333;">We will write to you by Friday 12 April 2024. Tha=
nk you.</p>
<p style=3D"color: #333;">Your reference: P-RTEAFB</p>
</body></html>
--=_e6a8d3e97c715776391fa71dee6f1981df9c438e--
', char(10), char(13, 10)) AS BLOB), '2024-03-20T07:00:00+02:00', '2024-03-20T07:00:00+02:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (3, 'bees-2024', 'P-9WPHQS', 'received', 1, 1, 'accepted', 'bees@example.org', 'carla@example.net', 'Application received: Turku', '<eb6094bc8bee8b95e6bf6adb2af4739d3b4c20d7@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: carla@example.net
Reply-To: bees@example.org
Subject: Application received: Turku
Date: Wed, 20 Mar 2024 07:00:00 +0200
Message-ID: <eb6094bc8bee8b95e6bf6adb2af4739d3b4c20d7@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-9WPHQS/received/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_a14c0457f4b1625bb62145560b3eefac72cd771b"

--=_a14c0457f4b1625bb62145560b3eefac72cd771b
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Carla Ferrer,

We will write to you by Friday 12 April 2024. Thank you.

Your reference: P-9WPHQS

--=_a14c0457f4b1625bb62145560b3eefac72cd771b
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Carla Ferrer,</p>
<p style=3D"color: #333;">We will write to you by Friday 12 April 2024. Tha=
nk you.</p>
<p style=3D"color: #333;">Your reference: P-9WPHQS</p>
</body></html>
--=_a14c0457f4b1625bb62145560b3eefac72cd771b--
', char(10), char(13, 10)) AS BLOB), '2024-03-20T07:00:00+02:00', '2024-03-20T07:00:00+02:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (4, 'bees-2024', 'P-G2TP4M', 'received', 1, 1, 'accepted', 'bees@example.org', 'dmitri@example.org', 'Application received: Turku', '<1fec4acc893ed2ec82931af6c9bead3c65ebe8aa@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: dmitri@example.org
Reply-To: bees@example.org
Subject: Application received: Turku
Date: Wed, 20 Mar 2024 07:00:00 +0200
Message-ID: <1fec4acc893ed2ec82931af6c9bead3c65ebe8aa@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-G2TP4M/received/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_09a2c518636cc7f56be21b61cdf5ce7a38c0f75e"

--=_09a2c518636cc7f56be21b61cdf5ce7a38c0f75e
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Dmitri Salo,

We will write to you by Friday 12 April 2024. Thank you.

Your reference: P-G2TP4M

--=_09a2c518636cc7f56be21b61cdf5ce7a38c0f75e
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Dmitri Salo,</p>
<p style=3D"color: #333;">We will write to you by Friday 12 April 2024. Tha=
nk you.</p>
<p style=3D"color: #333;">Your reference: P-G2TP4M</p>
</body></html>
--=_09a2c518636cc7f56be21b61cdf5ce7a38c0f75e--
', char(10), char(13, 10)) AS BLOB), '2024-03-20T07:00:00+02:00', '2024-03-20T07:00:00+02:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (5, 'bees-2024', 'P-PVRJLP', 'received', 1, 1, 'accepted', 'bees@example.org', 'elsa@example.com', 'Application received: Turku', '<4c66789277c719581724b043250a88ee74f73636@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: elsa@example.com
Reply-To: bees@example.org
Subject: Application received: Turku
Date: Wed, 20 Mar 2024 07:00:00 +0200
Message-ID: <4c66789277c719581724b043250a88ee74f73636@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-PVRJLP/received/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_c7414cb6fc6380ac18dd68e11e30c1f83676ee55"

--=_c7414cb6fc6380ac18dd68e11e30c1f83676ee55
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Elsa Niemi,

We will write to you by Friday 12 April 2024. Thank you.

Your reference: P-PVRJLP

--=_c7414cb6fc6380ac18dd68e11e30c1f83676ee55
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Elsa Niemi,</p>
<p style=3D"color: #333;">We will write to you by Friday 12 April 2024. Tha=
nk you.</p>
<p style=3D"color: #333;">Your reference: P-PVRJLP</p>
</body></html>
--=_c7414cb6fc6380ac18dd68e11e30c1f83676ee55--
', char(10), char(13, 10)) AS BLOB), '2024-03-20T07:00:00+02:00', '2024-03-20T07:00:00+02:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (6, 'bees-2024', 'P-2MC2XG', 'received', 1, 1, 'accepted', 'bees@example.org', 'kurt@example.org', 'Application received: Turku', '<8db72d6ab085059f5c995627ba5809dcbc35120d@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: kurt@example.org
Reply-To: bees@example.org
Subject: Application received: Turku
Date: Wed, 20 Mar 2024 07:00:00 +0200
Message-ID: <8db72d6ab085059f5c995627ba5809dcbc35120d@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-2MC2XG/received/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_08f4901a913794eb84016d542f18b0f6eee3a68d"

--=_08f4901a913794eb84016d542f18b0f6eee3a68d
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Kurt Borg,

We will write to you by Friday 12 April 2024. Thank you.

Your reference: P-2MC2XG

--=_08f4901a913794eb84016d542f18b0f6eee3a68d
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Kurt Borg,</p>
<p style=3D"color: #333;">We will write to you by Friday 12 April 2024. Tha=
nk you.</p>
<p style=3D"color: #333;">Your reference: P-2MC2XG</p>
</body></html>
--=_08f4901a913794eb84016d542f18b0f6eee3a68d--
', char(10), char(13, 10)) AS BLOB), '2024-03-20T07:00:00+02:00', '2024-03-20T07:00:00+02:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (7, 'bees-2024', 'P-HDBSTP', 'received', 1, 1, 'accepted', 'bees@example.org', 'lena@example.net', 'Application received: Turku', '<20b2b1c761ea4bb46d0f5e0aedd9f410fef5178a@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: lena@example.net
Reply-To: bees@example.org
Subject: Application received: Turku
Date: Wed, 20 Mar 2024 07:00:00 +0200
Message-ID: <20b2b1c761ea4bb46d0f5e0aedd9f410fef5178a@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-HDBSTP/received/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_34c2356ecd1e30a7586cff5557213c0d08612d01"

--=_34c2356ecd1e30a7586cff5557213c0d08612d01
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Lena =C3=85berg,

We will write to you by Friday 12 April 2024. Thank you.

Your reference: P-HDBSTP

--=_34c2356ecd1e30a7586cff5557213c0d08612d01
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Lena =C3=85berg,</p>
<p style=3D"color: #333;">We will write to you by Friday 12 April 2024. Tha=
nk you.</p>
<p style=3D"color: #333;">Your reference: P-HDBSTP</p>
</body></html>
--=_34c2356ecd1e30a7586cff5557213c0d08612d01--
', char(10), char(13, 10)) AS BLOB), '2024-03-20T07:00:00+02:00', '2024-03-20T07:00:00+02:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (8, 'bees-2024', 'P-CDK4XF', 'received', 1, 1, 'accepted', 'bees@example.org', 'nils@example.org', 'Application received: Turku', '<5adfa6ddfaa1b844ce470ed0ca18c16193755b39@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: nils@example.org
Reply-To: bees@example.org
Subject: Application received: Turku
Date: Wed, 20 Mar 2024 07:00:00 +0200
Message-ID: <5adfa6ddfaa1b844ce470ed0ca18c16193755b39@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-CDK4XF/received/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_e1c90ced3dcbc1983e8f73874805e86d7e51456c"

--=_e1c90ced3dcbc1983e8f73874805e86d7e51456c
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Nils Holm,

We will write to you by Friday 12 April 2024. Thank you.

Your reference: P-CDK4XF

--=_e1c90ced3dcbc1983e8f73874805e86d7e51456c
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Nils Holm,</p>
<p style=3D"color: #333;">We will write to you by Friday 12 April 2024. Tha=
nk you.</p>
<p style=3D"color: #333;">Your reference: P-CDK4XF</p>
</body></html>
--=_e1c90ced3dcbc1983e8f73874805e86d7e51456c--
', char(10), char(13, 10)) AS BLOB), '2024-03-20T07:00:00+02:00', '2024-03-20T07:00:00+02:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (9, 'bees-2024', 'P-99DD56', 'received', 1, 1, 'accepted', 'bees@example.org', 'olga@example.com', 'Application received: Turku', '<9e39596399e6f1eccc06ef80b71decfbd5af9601@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: olga@example.com
Reply-To: bees@example.org
Subject: Application received: Turku
Date: Wed, 20 Mar 2024 07:00:00 +0200
Message-ID: <9e39596399e6f1eccc06ef80b71decfbd5af9601@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-99DD56/received/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_83dd70b456e168fe46d44128f81a8bfa1168950a"

--=_83dd70b456e168fe46d44128f81a8bfa1168950a
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Olga Lund,

We will write to you by Friday 12 April 2024. Thank you.

Your reference: P-99DD56

--=_83dd70b456e168fe46d44128f81a8bfa1168950a
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Olga Lund,</p>
<p style=3D"color: #333;">We will write to you by Friday 12 April 2024. Tha=
nk you.</p>
<p style=3D"color: #333;">Your reference: P-99DD56</p>
</body></html>
--=_83dd70b456e168fe46d44128f81a8bfa1168950a--
', char(10), char(13, 10)) AS BLOB), '2024-03-20T07:00:00+02:00', '2024-03-20T07:00:00+02:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (10, 'bees-2024', 'P-2JAF9U', 'received', 1, 1, 'accepted', 'bees@example.org', 'piet@example.net', 'Application received: Turku', '<827c012119c40d3cb0846ed1c8237bf5ed040ec7@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: piet@example.net
Reply-To: bees@example.org
Subject: Application received: Turku
Date: Wed, 20 Mar 2024 07:00:00 +0200
Message-ID: <827c012119c40d3cb0846ed1c8237bf5ed040ec7@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-2JAF9U/received/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_33a9da3de0c5112c5c188dfecf6642e25288aa49"

--=_33a9da3de0c5112c5c188dfecf6642e25288aa49
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Piet Galea,

We will write to you by Friday 12 April 2024. Thank you.

Your reference: P-2JAF9U

--=_33a9da3de0c5112c5c188dfecf6642e25288aa49
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Piet Galea,</p>
<p style=3D"color: #333;">We will write to you by Friday 12 April 2024. Tha=
nk you.</p>
<p style=3D"color: #333;">Your reference: P-2JAF9U</p>
</body></html>
--=_33a9da3de0c5112c5c188dfecf6642e25288aa49--
', char(10), char(13, 10)) AS BLOB), '2024-03-20T07:00:00+02:00', '2024-03-20T07:00:00+02:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (11, 'bees-2024', 'P-ANBH9U', 'received', 1, 3, 'accepted', 'bees@example.org', 'filip@example.org', 'Application received: Turku', '<a0858b4d4458d877365c23f67a06802a104ebba5@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: filip@example.org
Reply-To: bees@example.org
Subject: Application received: Turku
Date: Mon, 08 Apr 2024 07:00:00 +0300
Message-ID: <a0858b4d4458d877365c23f67a06802a104ebba5@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-ANBH9U/received/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_b02a29ee11a6ced9eb1ba3b715dc8fcdd6125d11"

--=_b02a29ee11a6ced9eb1ba3b715dc8fcdd6125d11
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Filip Wrona,

We will write to you by Friday 12 April 2024. Thank you.

Your reference: P-ANBH9U

--=_b02a29ee11a6ced9eb1ba3b715dc8fcdd6125d11
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Filip Wrona,</p>
<p style=3D"color: #333;">We will write to you by Friday 12 April 2024. Tha=
nk you.</p>
<p style=3D"color: #333;">Your reference: P-ANBH9U</p>
</body></html>
--=_b02a29ee11a6ced9eb1ba3b715dc8fcdd6125d11--
', char(10), char(13, 10)) AS BLOB), '2024-04-08T07:00:00+03:00', '2024-04-08T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (12, 'bees-2024', 'P-2GQEJ8', 'received', 1, 3, 'accepted', 'bees@example.org', 'gerda@example.com', 'Application received: Turku', '<f2e07ecf0a511720765ad8082e53ae189f1f9f9b@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: gerda@example.com
Reply-To: bees@example.org
Subject: Application received: Turku
Date: Mon, 08 Apr 2024 07:00:00 +0300
Message-ID: <f2e07ecf0a511720765ad8082e53ae189f1f9f9b@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-2GQEJ8/received/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_2fb772abf869be502d4173bf5c455c4630729380"

--=_2fb772abf869be502d4173bf5c455c4630729380
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Gerda Lis,

We will write to you by Friday 12 April 2024. Thank you.

Your reference: P-2GQEJ8

--=_2fb772abf869be502d4173bf5c455c4630729380
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Gerda Lis,</p>
<p style=3D"color: #333;">We will write to you by Friday 12 April 2024. Tha=
nk you.</p>
<p style=3D"color: #333;">Your reference: P-2GQEJ8</p>
</body></html>
--=_2fb772abf869be502d4173bf5c455c4630729380--
', char(10), char(13, 10)) AS BLOB), '2024-04-08T07:00:00+03:00', '2024-04-08T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (13, 'bees-2024', 'P-HX82CE', 'received', 1, 3, 'accepted', 'bees@example.org', 'hugo@example.net', 'Application received: Turku', '<1e83c2aaa4e04415f6bf7f06fd2c4830a8d866c9@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: hugo@example.net
Reply-To: bees@example.org
Subject: Application received: Turku
Date: Mon, 08 Apr 2024 07:00:00 +0300
Message-ID: <1e83c2aaa4e04415f6bf7f06fd2c4830a8d866c9@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-HX82CE/received/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_26c3e37b51e2367df6eba5a36c5e6e87d24651c7"

--=_26c3e37b51e2367df6eba5a36c5e6e87d24651c7
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Hugo Conti,

We will write to you by Friday 12 April 2024. Thank you.

Your reference: P-HX82CE

--=_26c3e37b51e2367df6eba5a36c5e6e87d24651c7
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Hugo Conti,</p>
<p style=3D"color: #333;">We will write to you by Friday 12 April 2024. Tha=
nk you.</p>
<p style=3D"color: #333;">Your reference: P-HX82CE</p>
</body></html>
--=_26c3e37b51e2367df6eba5a36c5e6e87d24651c7--
', char(10), char(13, 10)) AS BLOB), '2024-04-08T07:00:00+03:00', '2024-04-08T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (14, 'bees-2024', 'P-9WCR6K', 'received', 1, 3, 'accepted', 'bees@example.org', 'jan@example.org', 'Application received: Turku', '<0e11077c3d4cf9e0addd8a146858e82f9489c429@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: jan@example.org
Reply-To: bees@example.org
Subject: Application received: Turku
Date: Mon, 08 Apr 2024 07:00:00 +0300
Message-ID: <0e11077c3d4cf9e0addd8a146858e82f9489c429@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-9WCR6K/received/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_036278bbf1fbe25ea8d838730a50b134efb17766"

--=_036278bbf1fbe25ea8d838730a50b134efb17766
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Jan Vella,

We will write to you by Friday 12 April 2024. Thank you.

Your reference: P-9WCR6K

--=_036278bbf1fbe25ea8d838730a50b134efb17766
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Jan Vella,</p>
<p style=3D"color: #333;">We will write to you by Friday 12 April 2024. Tha=
nk you.</p>
<p style=3D"color: #333;">Your reference: P-9WCR6K</p>
</body></html>
--=_036278bbf1fbe25ea8d838730a50b134efb17766--
', char(10), char(13, 10)) AS BLOB), '2024-04-08T07:00:00+03:00', '2024-04-08T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (15, 'bees-2024', 'P-PT3FG4', 'received', 1, 3, 'accepted', 'bees@example.org', 'lucia@example.com', 'Application received: Turku', '<badc5bf486ee4535594fa34ae37e9253c8a66e8a@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: lucia@example.com
Reply-To: bees@example.org
Subject: Application received: Turku
Date: Mon, 08 Apr 2024 07:00:00 +0300
Message-ID: <badc5bf486ee4535594fa34ae37e9253c8a66e8a@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-PT3FG4/received/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_17cd3d1f893a89a1c87d47c5d3d2b01bd6d9b6b1"

--=_17cd3d1f893a89a1c87d47c5d3d2b01bd6d9b6b1
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Luc=C3=ADa Romero,

We will write to you by Friday 12 April 2024. Thank you.

Your reference: P-PT3FG4

--=_17cd3d1f893a89a1c87d47c5d3d2b01bd6d9b6b1
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Luc=C3=ADa Romero,<=
/p>
<p style=3D"color: #333;">We will write to you by Friday 12 April 2024. Tha=
nk you.</p>
<p style=3D"color: #333;">Your reference: P-PT3FG4</p>
</body></html>
--=_17cd3d1f893a89a1c87d47c5d3d2b01bd6d9b6b1--
', char(10), char(13, 10)) AS BLOB), '2024-04-08T07:00:00+03:00', '2024-04-08T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (16, 'bees-2024', 'P-2SQTV5', 'received', 1, 3, 'accepted', 'bees@example.org', 'mara@example.net', 'Application received: Turku', '<555bfea720ead8cd012055c72278615c8487ca98@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: mara@example.net
Reply-To: bees@example.org
Subject: Application received: Turku
Date: Mon, 08 Apr 2024 07:00:00 +0300
Message-ID: <555bfea720ead8cd012055c72278615c8487ca98@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-2SQTV5/received/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_fbf34cbf5fe748fd69ddc06ddc8216e8785cff45"

--=_fbf34cbf5fe748fd69ddc06ddc8216e8785cff45
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Mara Rossi,

We will write to you by Friday 12 April 2024. Thank you.

Your reference: P-2SQTV5

--=_fbf34cbf5fe748fd69ddc06ddc8216e8785cff45
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Mara Rossi,</p>
<p style=3D"color: #333;">We will write to you by Friday 12 April 2024. Tha=
nk you.</p>
<p style=3D"color: #333;">Your reference: P-2SQTV5</p>
</body></html>
--=_fbf34cbf5fe748fd69ddc06ddc8216e8785cff45--
', char(10), char(13, 10)) AS BLOB), '2024-04-08T07:00:00+03:00', '2024-04-08T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (17, 'bees-2024', 'P-RTEAFB', 'invitation', 1, 5, 'accepted', 'bees@example.org', 'bruno@example.com', 'You are invited: Turku', '<6c59a0846a65627e30a01b83f44e0421a9544d10@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: bruno@example.com
Reply-To: bees@example.org
Subject: You are invited: Turku
Date: Fri, 12 Apr 2024 07:00:00 +0300
Message-ID: <6c59a0846a65627e30a01b83f44e0421a9544d10@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-RTEAFB/invitation/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_148b136a9c7d2db06a9d9959e61054c78405a4c4"

--=_148b136a9c7d2db06a9d9959e61054c78405a4c4
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Bruno Vidal,

A place at =E2=80=9CWinter school for beekeepers=E2=80=9D is yours. Please =
answer by
Thursday 25 April 2024. Bring a hat.

Your reference: P-RTEAFB

--=_148b136a9c7d2db06a9d9959e61054c78405a4c4
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Bruno Vidal,</p>
<p style=3D"color: #333;"><strong>A place at =E2=80=9CWinter school for bee=
keepers=E2=80=9D is yours.</strong> Please answer by Thursday 25 April 2024=
. Bring a hat.</p>
<p style=3D"color: #333;">Your reference: P-RTEAFB</p>
</body></html>
--=_148b136a9c7d2db06a9d9959e61054c78405a4c4--
', char(10), char(13, 10)) AS BLOB), '2024-04-12T07:00:00+03:00', '2024-04-12T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (18, 'bees-2024', 'P-G2TP4M', 'invitation', 1, 5, 'accepted', 'bees@example.org', 'dmitri@example.org', 'You are invited: Turku', '<3d72a9b50f7970ba1b6462fa8da1c0037b545700@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: dmitri@example.org
Reply-To: bees@example.org
Subject: You are invited: Turku
Date: Fri, 12 Apr 2024 07:00:00 +0300
Message-ID: <3d72a9b50f7970ba1b6462fa8da1c0037b545700@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-G2TP4M/invitation/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_608025374d08d4cc302175cd62002caae2cc0b6e"

--=_608025374d08d4cc302175cd62002caae2cc0b6e
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Dmitri Salo,

A place at =E2=80=9CWinter school for beekeepers=E2=80=9D is yours. Please =
answer by
Thursday 25 April 2024. Bring a hat.

Your reference: P-G2TP4M

--=_608025374d08d4cc302175cd62002caae2cc0b6e
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Dmitri Salo,</p>
<p style=3D"color: #333;"><strong>A place at =E2=80=9CWinter school for bee=
keepers=E2=80=9D is yours.</strong> Please answer by Thursday 25 April 2024=
. Bring a hat.</p>
<p style=3D"color: #333;">Your reference: P-G2TP4M</p>
</body></html>
--=_608025374d08d4cc302175cd62002caae2cc0b6e--
', char(10), char(13, 10)) AS BLOB), '2024-04-12T07:00:00+03:00', '2024-04-12T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (19, 'bees-2024', 'P-PVRJLP', 'invitation', 1, 5, 'accepted', 'bees@example.org', 'elsa@example.com', 'You are invited: Turku', '<55d639c93639c7776db9c04630b654b5ddf107f8@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: elsa@example.com
Reply-To: bees@example.org
Subject: You are invited: Turku
Date: Fri, 12 Apr 2024 07:00:00 +0300
Message-ID: <55d639c93639c7776db9c04630b654b5ddf107f8@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-PVRJLP/invitation/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_c6cb7b62b93717cd284fb688ef2e97bc978cd8f4"

--=_c6cb7b62b93717cd284fb688ef2e97bc978cd8f4
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Elsa Niemi,

A place at =E2=80=9CWinter school for beekeepers=E2=80=9D is yours. Please =
answer by
Thursday 25 April 2024. Bring a hat.

Your reference: P-PVRJLP

--=_c6cb7b62b93717cd284fb688ef2e97bc978cd8f4
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Elsa Niemi,</p>
<p style=3D"color: #333;"><strong>A place at =E2=80=9CWinter school for bee=
keepers=E2=80=9D is yours.</strong> Please answer by Thursday 25 April 2024=
. Bring a hat.</p>
<p style=3D"color: #333;">Your reference: P-PVRJLP</p>
</body></html>
--=_c6cb7b62b93717cd284fb688ef2e97bc978cd8f4--
', char(10), char(13, 10)) AS BLOB), '2024-04-12T07:00:00+03:00', '2024-04-12T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (20, 'bees-2024', 'P-558YJN', 'invitation', 1, 5, 'accepted', 'bees@example.org', 'ana@example.org', 'You are invited: Turku', '<dc9dc54fb89de77cd1375136f32d18dd4eb98488@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: ana@example.org
Reply-To: bees@example.org
Subject: You are invited: Turku
Date: Fri, 12 Apr 2024 07:00:00 +0300
Message-ID: <dc9dc54fb89de77cd1375136f32d18dd4eb98488@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-558YJN/invitation/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_ad5d5ab8f09e531004c914f533bd89099d7ede7f"

--=_ad5d5ab8f09e531004c914f533bd89099d7ede7f
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Ana Soler,

A place at =E2=80=9CWinter school for beekeepers=E2=80=9D is yours. Please =
answer by
Thursday 25 April 2024. Bring a hat.

Your reference: P-558YJN

--=_ad5d5ab8f09e531004c914f533bd89099d7ede7f
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Ana Soler,</p>
<p style=3D"color: #333;"><strong>A place at =E2=80=9CWinter school for bee=
keepers=E2=80=9D is yours.</strong> Please answer by Thursday 25 April 2024=
. Bring a hat.</p>
<p style=3D"color: #333;">Your reference: P-558YJN</p>
</body></html>
--=_ad5d5ab8f09e531004c914f533bd89099d7ede7f--
', char(10), char(13, 10)) AS BLOB), '2024-04-12T07:00:00+03:00', '2024-04-12T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (21, 'bees-2024', 'P-9WPHQS', 'waiting_list', 1, 5, 'accepted', 'bees@example.org', 'carla@example.net', 'You are on the waiting list: Turku', '<76efe682c8f510d681a27b04658fc903125c48b7@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: carla@example.net
Reply-To: bees@example.org
Subject: You are on the waiting list: Turku
Date: Fri, 12 Apr 2024 07:00:00 +0300
Message-ID: <76efe682c8f510d681a27b04658fc903125c48b7@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-9WPHQS/waiting_list/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_07dfc339465292f5ca9498de3eb855df46244a02"

--=_07dfc339465292f5ca9498de3eb855df46244a02
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Carla Ferrer,

All places are taken. We write to you if one becomes free.

Your reference: P-9WPHQS

--=_07dfc339465292f5ca9498de3eb855df46244a02
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Carla Ferrer,</p>
<p style=3D"color: #333;">All places are taken. We write to you if one beco=
mes free.</p>
<p style=3D"color: #333;">Your reference: P-9WPHQS</p>
</body></html>
--=_07dfc339465292f5ca9498de3eb855df46244a02--
', char(10), char(13, 10)) AS BLOB), '2024-04-12T07:00:00+03:00', '2024-04-12T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (22, 'bees-2024', 'P-PT3FG4', 'waiting_list', 1, 5, 'accepted', 'bees@example.org', 'lucia@example.com', 'You are on the waiting list: Turku', '<8ecb17950d2079a250b07620f5646e9f71c8d8f0@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: lucia@example.com
Reply-To: bees@example.org
Subject: You are on the waiting list: Turku
Date: Fri, 12 Apr 2024 07:00:00 +0300
Message-ID: <8ecb17950d2079a250b07620f5646e9f71c8d8f0@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-PT3FG4/waiting_list/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_afadbb6b1332c7f03bf2effc8dc22b870ac994fc"

--=_afadbb6b1332c7f03bf2effc8dc22b870ac994fc
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Luc=C3=ADa Romero,

All places are taken. We write to you if one becomes free.

Your reference: P-PT3FG4

--=_afadbb6b1332c7f03bf2effc8dc22b870ac994fc
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Luc=C3=ADa Romero,<=
/p>
<p style=3D"color: #333;">All places are taken. We write to you if one beco=
mes free.</p>
<p style=3D"color: #333;">Your reference: P-PT3FG4</p>
</body></html>
--=_afadbb6b1332c7f03bf2effc8dc22b870ac994fc--
', char(10), char(13, 10)) AS BLOB), '2024-04-12T07:00:00+03:00', '2024-04-12T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (23, 'bees-2024', 'P-ANBH9U', 'waiting_list', 1, 5, 'accepted', 'bees@example.org', 'filip@example.org', 'You are on the waiting list: Turku', '<3d35ea735a01259fd4d67ee7e951fbfda700c030@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: filip@example.org
Reply-To: bees@example.org
Subject: You are on the waiting list: Turku
Date: Fri, 12 Apr 2024 07:00:00 +0300
Message-ID: <3d35ea735a01259fd4d67ee7e951fbfda700c030@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-ANBH9U/waiting_list/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_4283329b6ecbe17f4c59d7c7fe7cec7ff677825a"

--=_4283329b6ecbe17f4c59d7c7fe7cec7ff677825a
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Filip Wrona,

All places are taken. We write to you if one becomes free.

Your reference: P-ANBH9U

--=_4283329b6ecbe17f4c59d7c7fe7cec7ff677825a
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Filip Wrona,</p>
<p style=3D"color: #333;">All places are taken. We write to you if one beco=
mes free.</p>
<p style=3D"color: #333;">Your reference: P-ANBH9U</p>
</body></html>
--=_4283329b6ecbe17f4c59d7c7fe7cec7ff677825a--
', char(10), char(13, 10)) AS BLOB), '2024-04-12T07:00:00+03:00', '2024-04-12T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (24, 'bees-2024', 'P-99DD56', 'waiting_list', 1, 5, 'accepted', 'bees@example.org', 'olga@example.com', 'You are on the waiting list: Turku', '<cd4cf7c618140d82b655aa4d8015caedf56db810@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: olga@example.com
Reply-To: bees@example.org
Subject: You are on the waiting list: Turku
Date: Fri, 12 Apr 2024 07:00:00 +0300
Message-ID: <cd4cf7c618140d82b655aa4d8015caedf56db810@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-99DD56/waiting_list/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_e080bcc7c7788a42fce80496142a1a8ba2b32061"

--=_e080bcc7c7788a42fce80496142a1a8ba2b32061
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Olga Lund,

All places are taken. We write to you if one becomes free.

Your reference: P-99DD56

--=_e080bcc7c7788a42fce80496142a1a8ba2b32061
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Olga Lund,</p>
<p style=3D"color: #333;">All places are taken. We write to you if one beco=
mes free.</p>
<p style=3D"color: #333;">Your reference: P-99DD56</p>
</body></html>
--=_e080bcc7c7788a42fce80496142a1a8ba2b32061--
', char(10), char(13, 10)) AS BLOB), '2024-04-12T07:00:00+03:00', '2024-04-12T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (25, 'bees-2024', 'P-2GQEJ8', 'waiting_list', 1, 5, 'in doubt', 'bees@example.org', 'gerda@example.com', 'You are on the waiting list: Turku', '<82606a4ff491016692305375c64eddb8f4130b8c@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: gerda@example.com
Reply-To: bees@example.org
Subject: You are on the waiting list: Turku
Date: Fri, 12 Apr 2024 07:00:00 +0300
Message-ID: <82606a4ff491016692305375c64eddb8f4130b8c@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-2GQEJ8/waiting_list/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_190873a19534f16b4e856a0fa953ef15f5345f32"

--=_190873a19534f16b4e856a0fa953ef15f5345f32
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Gerda Lis,

All places are taken. We write to you if one becomes free.

Your reference: P-2GQEJ8

--=_190873a19534f16b4e856a0fa953ef15f5345f32
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Gerda Lis,</p>
<p style=3D"color: #333;">All places are taken. We write to you if one beco=
mes free.</p>
<p style=3D"color: #333;">Your reference: P-2GQEJ8</p>
</body></html>
--=_190873a19534f16b4e856a0fa953ef15f5345f32--
', char(10), char(13, 10)) AS BLOB), '2024-04-12T07:00:00+03:00', '2024-04-12T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'the connection was lost');
INSERT INTO messages VALUES (26, 'bees-2024', 'P-HX82CE', 'waiting_list', 1, 5, 'deferred', 'bees@example.org', 'hugo@example.net', 'You are on the waiting list: Turku', '<84d3e86c22c5af88f1fa3fc22e3910b44845cb59@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: hugo@example.net
Reply-To: bees@example.org
Subject: You are on the waiting list: Turku
Date: Fri, 12 Apr 2024 07:00:00 +0300
Message-ID: <84d3e86c22c5af88f1fa3fc22e3910b44845cb59@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-HX82CE/waiting_list/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_0501813ba9d9e9646e0e1535c5d1eb78f27ad94c"

--=_0501813ba9d9e9646e0e1535c5d1eb78f27ad94c
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Hugo Conti,

All places are taken. We write to you if one becomes free.

Your reference: P-HX82CE

--=_0501813ba9d9e9646e0e1535c5d1eb78f27ad94c
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Hugo Conti,</p>
<p style=3D"color: #333;">All places are taken. We write to you if one beco=
mes free.</p>
<p style=3D"color: #333;">Your reference: P-HX82CE</p>
</body></html>
--=_0501813ba9d9e9646e0e1535c5d1eb78f27ad94c--
', char(10), char(13, 10)) AS BLOB), '2024-04-12T07:00:00+03:00', '2024-04-15T07:00:00+03:00', '2024-04-15T07:30:00+03:00', '2024-04-12T07:00:00+03:00', 2, 'outbox', '450 4.2.1 mailbox is busy');
INSERT INTO messages VALUES (27, 'bees-2024', 'P-2MC2XG', 'not_selected', 1, 5, 'accepted', 'bees@example.org', 'kurt@example.org', 'No place this time: Turku', '<b03023e421837502eecb26799c4c290b7cbc478a@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: kurt@example.org
Reply-To: bees@example.org
Subject: No place this time: Turku
Date: Fri, 12 Apr 2024 07:00:00 +0300
Message-ID: <b03023e421837502eecb26799c4c290b7cbc478a@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-2MC2XG/not_selected/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_ac1f15bbcaf27b9ac0358a988c31dc26c3699c98"

--=_ac1f15bbcaf27b9ac0358a988c31dc26c3699c98
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Kurt Borg,

We are sorry: we cannot offer you a place.

Your reference: P-2MC2XG

--=_ac1f15bbcaf27b9ac0358a988c31dc26c3699c98
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Kurt Borg,</p>
<p style=3D"color: #333;">We are sorry: we cannot offer you a place.</p>
<p style=3D"color: #333;">Your reference: P-2MC2XG</p>
</body></html>
--=_ac1f15bbcaf27b9ac0358a988c31dc26c3699c98--
', char(10), char(13, 10)) AS BLOB), '2024-04-12T07:00:00+03:00', '2024-04-12T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (28, 'bees-2024', 'P-2JAF9U', 'not_selected', 1, 5, 'accepted', 'bees@example.org', 'piet@example.net', 'No place this time: Turku', '<bf6cbf48a5bcc84a63a3fbd026f1fac10e22e72d@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: piet@example.net
Reply-To: bees@example.org
Subject: No place this time: Turku
Date: Fri, 12 Apr 2024 07:00:00 +0300
Message-ID: <bf6cbf48a5bcc84a63a3fbd026f1fac10e22e72d@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-2JAF9U/not_selected/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_6dd05146469750fc47d8f92ef055febec9e9a5a4"

--=_6dd05146469750fc47d8f92ef055febec9e9a5a4
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Piet Galea,

We are sorry: we cannot offer you a place.

Your reference: P-2JAF9U

--=_6dd05146469750fc47d8f92ef055febec9e9a5a4
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Piet Galea,</p>
<p style=3D"color: #333;">We are sorry: we cannot offer you a place.</p>
<p style=3D"color: #333;">Your reference: P-2JAF9U</p>
</body></html>
--=_6dd05146469750fc47d8f92ef055febec9e9a5a4--
', char(10), char(13, 10)) AS BLOB), '2024-04-12T07:00:00+03:00', '2024-04-12T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO messages VALUES (29, 'bees-2024', 'P-9WCR6K', 'not_selected', 1, 5, 'refused', 'bees@example.org', 'jan@example.org', 'No place this time: Turku', '<e79a80511aca338fb4755c5e8c792515e5d9a961@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: jan@example.org
Reply-To: bees@example.org
Subject: No place this time: Turku
Date: Fri, 12 Apr 2024 07:00:00 +0300
Message-ID: <e79a80511aca338fb4755c5e8c792515e5d9a961@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-9WCR6K/not_selected/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_cc4f7bb7cec7eaae4b6eb1917578c66d58d41a1a"

--=_cc4f7bb7cec7eaae4b6eb1917578c66d58d41a1a
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Jan Vella,

We are sorry: we cannot offer you a place.

Your reference: P-9WCR6K

--=_cc4f7bb7cec7eaae4b6eb1917578c66d58d41a1a
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Jan Vella,</p>
<p style=3D"color: #333;">We are sorry: we cannot offer you a place.</p>
<p style=3D"color: #333;">Your reference: P-9WCR6K</p>
</body></html>
--=_cc4f7bb7cec7eaae4b6eb1917578c66d58d41a1a--
', char(10), char(13, 10)) AS BLOB), '2024-04-12T07:00:00+03:00', '2024-04-12T07:00:00+03:00', NULL, NULL, 1, 'outbox', '550 5.1.1 no such user');
INSERT INTO messages VALUES (30, 'bees-2024', 'P-ANBH9U', 'invitation', 1, 7, 'accepted', 'bees@example.org', 'filip@example.org', 'You are invited: Turku', '<fa7f63d671fbdfca384ff9a5a229590daba115e7@example.org>', CAST(replace('From: Bee School <bees@example.org>
To: filip@example.org
Reply-To: bees@example.org
Subject: You are invited: Turku
Date: Mon, 15 Apr 2024 07:00:00 +0300
Message-ID: <fa7f63d671fbdfca384ff9a5a229590daba115e7@example.org>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-Convene-Ref: bees-2024/P-ANBH9U/invitation/1
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_3e9709f33a001324f4630193dedf17f880da5ae1"

--=_3e9709f33a001324f4630193dedf17f880da5ae1
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear Filip Wrona,

A place at =E2=80=9CWinter school for beekeepers=E2=80=9D is yours. Please =
answer by
Thursday 25 April 2024. Bring a hat.

Your reference: P-ANBH9U

--=_3e9709f33a001324f4630193dedf17f880da5ae1
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head></head><body><p style=3D"color: #333;">Dear Filip Wrona,</p>
<p style=3D"color: #333;"><strong>A place at =E2=80=9CWinter school for bee=
keepers=E2=80=9D is yours.</strong> Please answer by Thursday 25 April 2024=
. Bring a hat.</p>
<p style=3D"color: #333;">Your reference: P-ANBH9U</p>
</body></html>
--=_3e9709f33a001324f4630193dedf17f880da5ae1--
', char(10), char(13, 10)) AS BLOB), '2024-04-15T07:00:00+03:00', '2024-04-15T07:00:00+03:00', NULL, NULL, 1, 'outbox', 'put into the outbox');
INSERT INTO standings VALUES (1, 'bees-2024', 'P-558YJN', 'Offered', 'eligible', 'keeper', 'A place is offered: rank 1. Role: “Beekeeper”, hives: “40”.', '', 0, 'eligible keeper', 0, '2024-04-12T07:00:00+03:00', '', 5, 20);
INSERT INTO standings VALUES (2, 'bees-2024', 'P-RTEAFB', 'Offered', 'eligible', 'keeper', 'A place is offered: rank 2. Role: “Beekeeper”, hives: “35”.', '', 0, 'eligible keeper', 0, '2024-04-12T07:00:00+03:00', '', 5, 17);
INSERT INTO standings VALUES (3, 'bees-2024', 'P-9WPHQS', 'Waiting list', 'eligible', 'keeper', 'On the waiting list: all 2 places for country “Spain” are taken; 1st if a place for country “Spain” frees. Role: “Beekeeper”, hives: “30”.', '', 1, 'eligible keeper', 0, '2024-04-12T07:00:00+03:00', '', 5, 21);
INSERT INTO standings VALUES (4, 'bees-2024', 'P-G2TP4M', 'Offered', 'eligible', 'keeper', 'A place is offered: rank 5. Role: “Beekeeper”, hives: “28”.', '', 0, 'eligible keeper', 0, '2024-04-12T07:00:00+03:00', '', 5, 18);
INSERT INTO standings VALUES (5, 'bees-2024', 'P-PVRJLP', 'Offered', 'eligible', 'teacher', 'A place is offered: rank 7; needed for Teachers (at least 1). Role: “Teacher”, hives: “10”.', '', 0, 'eligible teacher', 0, '2024-04-12T07:00:00+03:00', '', 5, 19);
INSERT INTO standings VALUES (6, 'bees-2024', 'P-2MC2XG', 'Ineligible', 'ineligible', '', 'Has no hives: answered “0”.', '', 0, 'ineligible', 0, '2024-04-12T07:00:00+03:00', '', 5, 27);
INSERT INTO standings VALUES (7, 'bees-2024', 'P-99DD56', 'Waiting list', 'eligible', 'teacher', 'On the waiting list: all 4 places are taken; 2nd if a place frees. Put in this category by the organisers.', 'Eligible: teacher', 4, 'review', 0, '2024-04-12T07:00:00+03:00', 'teaches in evening classes', 5, 24);
INSERT INTO standings VALUES (8, 'bees-2024', 'P-2JAF9U', 'Not selected', 'eligible', 'keeper', 'Decided by the organisers: Decline.', 'Decline', 0, 'eligible keeper', 0, '2024-04-12T07:00:00+03:00', 'came last year', 5, 28);
INSERT INTO standings VALUES (9, 'bees-2024', 'P-ANBH9U', 'Waiting list', 'eligible', 'keeper', 'On the waiting list: all 4 places are taken; 1st if a place frees. Role: “Beekeeper”, hives: “25”. Passed over on 12 April 2024: beside those who rank before, would break Teachers (at least 1).', '', 3, 'eligible keeper', 0, '2024-04-12T07:00:00+03:00', '', 5, 23);
INSERT INTO standings VALUES (10, 'bees-2024', 'P-2GQEJ8', 'Waiting list', 'eligible', 'teacher', 'On the waiting list: all 4 places are taken; 3rd if a place frees. Role: “Teacher”, hives: “8”.', '', 5, 'eligible teacher', 0, '2024-04-12T07:00:00+03:00', '', 5, 25);
INSERT INTO standings VALUES (11, 'bees-2024', 'P-HX82CE', 'Waiting list', 'eligible', 'keeper', 'On the waiting list: all 4 places are taken; 4th if a place frees. Role: “Beekeeper”, hives: “6”.', '', 6, 'eligible keeper', 0, '2024-04-12T07:00:00+03:00', '', 5, 26);
INSERT INTO standings VALUES (12, 'bees-2024', 'P-9WCR6K', 'Not selected', 'eligible', 'keeper', 'No place: all 4 places are taken, and the waiting list is full.', '', 0, 'eligible keeper', 0, '2024-04-12T07:00:00+03:00', '', 5, 29);
INSERT INTO standings VALUES (13, 'bees-2024', 'P-PT3FG4', 'Waiting list', 'eligible', 'keeper', 'On the waiting list: all 2 places for country “Spain” are taken; 2nd if a place for country “Spain” frees. Role: “Beekeeper”, hives: “29”.', '', 2, 'eligible keeper', 0, '2024-04-12T07:00:00+03:00', '', 5, 22);
INSERT INTO standings VALUES (14, 'bees-2024', 'P-558YJN', 'Confirmed', 'eligible', 'keeper', 'Decided by the organisers: Confirmed.', 'Confirmed', 0, 'eligible keeper', 0, '2024-04-15T07:00:00+03:00', '', 7, NULL);
INSERT INTO standings VALUES (15, 'bees-2024', 'P-9WPHQS', 'Waiting list', 'eligible', 'keeper', 'On the waiting list: all 2 places for country “Spain” are taken; 1st if a place for country “Spain” frees. Role: “Beekeeper”, hives: “30”. Passed over on 15 April 2024: all 2 places for country “Spain” are taken.', '', 1, 'eligible keeper', 0, '2024-04-12T07:00:00+03:00', '', 7, NULL);
INSERT INTO standings VALUES (16, 'bees-2024', 'P-G2TP4M', 'Withdrawn', 'eligible', 'keeper', 'Decided by the organisers: Withdrawn.', 'Withdrawn', 0, 'eligible keeper', 1, '2024-04-15T07:00:00+03:00', 'is ill', 7, NULL);
INSERT INTO standings VALUES (17, 'bees-2024', 'P-ANBH9U', 'Offered', 'eligible', 'keeper', 'A place is offered: from the waiting list. Role: “Beekeeper”, hives: “25”.', '', 0, 'eligible keeper', 0, '2024-04-15T07:00:00+03:00', '', 7, 30);
INSERT INTO standings VALUES (18, 'bees-2024', 'P-PT3FG4', 'Waiting list', 'eligible', 'keeper', 'On the waiting list: all 2 places for country “Spain” are taken; 2nd if a place for country “Spain” frees. Role: “Beekeeper”, hives: “29”. Passed over on 15 April 2024: all 2 places for country “Spain” are taken.', '', 2, 'eligible keeper', 0, '2024-04-12T07:00:00+03:00', '', 7, NULL);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES ('runs', 8);
INSERT INTO sqlite_sequence VALUES ('messages', 30);
INSERT INTO sqlite_sequence VALUES ('standings', 18);
COMMIT;
