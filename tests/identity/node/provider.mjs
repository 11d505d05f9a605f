// A real identity provider on the loopback interface: `node provider.mjs PORT CLIENT_ID SECRET URL PEOPLE`, where URL is
// the path of our provider (`.../v2/session/providers/ID`) and PEOPLE is JSON: {name: {claim: value}}. Any password will do.
import Provider from 'oidc-provider';

const [port, clientId, clientSecret, url, people] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const known = JSON.parse(people);

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [`${url}/callback`],
      backchannel_logout_uri: `${url}/logout`,
      backchannel_logout_session_required: true,
    },
  ],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email'], groups: ['groups', 'roles'] },
  scopes: ['openid', 'profile', 'email', 'groups'],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
  // As it comes, it calls no address of this machine back, lest a client's address lead it astray. Here all are on it.
  fetch: (url, { dispatcher: _guarded, ...options }) => fetch(url, options),
  cookies: { keys: ['the key of a test'] },
  findAccount: (_context, id) => known[id] && { accountId: id, claims: () => ({ sub: id, ...known[id] }) },
});
provider.on('server_error', (_context, error) => console.error(error));
provider.on('backchannel.error', (_context, error) => console.error('back-channel', error));
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
