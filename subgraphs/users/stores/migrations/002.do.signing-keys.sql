-- The keys that sign access tokens (Ed25519, as JWK). The newest signs; all that have not expired verify.
create table signing_key (
  -- RFC 7638 thumbprint of the public key.
  kid text primary key,
  private_jwk jsonb not null,
  created_at timestamptz not null,
  -- Set when a newer one takes over.
  expires_at timestamptz
);
