/** One setting: an environment variable. `docs/config.md` and the table of the README come from here. */
export type SettingEntry = SettingMeaning &
  (
    | {
        readonly type: 'text';
        readonly default: string | null;
        readonly pattern?: RegExp;
        readonly form?: string;
      }
    | {
        readonly type: 'integer';
        readonly default: number;
        readonly min: number;
        readonly max: number;
        readonly unit: string;
      }
    | { readonly type: 'switch'; readonly default: boolean }
    | { readonly type: 'choice'; readonly default: string; readonly values: readonly string[] }
  );

interface SettingMeaning {
  readonly group: 'network' | 'protocol' | 'limits' | 'state' | 'functions' | 'players' | 'operations';
  readonly meaning: string;
  /** Never shown in logs. */
  readonly secret?: true;
}

const IPV4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
const URL_FORM = /^https?:\/\/.+/;
const BUS_FORM =
  /^(redis|rediss|valkey|valkeys):\/\/([^\s/@#?]*@)?([\w.-]+|\[[\da-fA-F:.]+\])(:\d{1,5})?(\/\d*)?$/;

export const SETTINGS = {
  LISTEN_ADDR: {
    group: 'network',
    type: 'text',
    default: '0.0.0.0',
    meaning: 'Address on which game clients are accepted.',
  },
  SERVICE_PORT: {
    group: 'network',
    type: 'integer',
    default: 29000,
    min: 0,
    max: 65535,
    unit: 'port',
    meaning: 'Port for game clients; 0 takes a free one.',
  },
  PUBLIC_ADDRESS: {
    group: 'network',
    type: 'text',
    default: '127.0.0.1',
    pattern: IPV4,
    form: 'an IPv4 address such as 203.0.113.7',
    meaning:
      'Address that hand-over packets tell the client; must be an IPv4 literal, since stock clients resolve no names.',
  },
  PUBLIC_ADDRESS_BY_RANGE: {
    group: 'network',
    type: 'text',
    default: null,
    form: '10.0.0.0/24=203.0.113.7,10.0.1.0/24=203.0.113.8 or the like',
    meaning:
      'Addresses told instead of PUBLIC_ADDRESS, by the range that a connection comes from: those of a load balancer in several zones.',
  },
  PUBLIC_PORT: {
    group: 'network',
    type: 'integer',
    default: 0,
    min: 0,
    max: 65535,
    unit: 'port',
    meaning: 'Port that hand-over packets tell the client; 0 is the port listened on.',
  },
  PROXY_PROTOCOL: {
    group: 'network',
    type: 'choice',
    default: 'off',
    values: ['off', 'v2'],
    meaning:
      'Whether connections begin with a PROXY protocol header in which a load balancer names the true peer.',
  },
  PROXY_TRUSTED: {
    group: 'network',
    type: 'text',
    default: '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16',
    meaning:
      'Ranges, with commas between, from which that header is believed; connections from elsewhere are closed.',
  },
  BUS_URL: {
    group: 'network',
    type: 'text',
    default: null,
    secret: true,
    pattern: BUS_FORM,
    form: 'redis://[user:password@]host[:port], or rediss:// with TLS; valkey:// and valkeys:// mean the same',
    meaning:
      'Valkey or Redis server that carries messages between copies of the ingress; without it this copy is alone.',
  },
  PACKET_METRICS_PORT: {
    group: 'operations',
    type: 'integer',
    default: 9102,
    min: 0,
    max: 65535,
    unit: 'port',
    meaning: 'Port of /metrics, /live and /ready; 0 takes a free one.',
  },
  METRICS_ADDR: {
    group: 'operations',
    type: 'text',
    default: '0.0.0.0',
    meaning: 'Address of /metrics, /live and /ready.',
  },
  LOG_LEVEL: {
    group: 'operations',
    type: 'choice',
    default: 'info',
    values: ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    meaning: 'Least severe log line that is written.',
  },
  DRAIN_TIMEOUT: {
    group: 'operations',
    type: 'integer',
    default: 30,
    min: 1,
    max: 600,
    unit: 's',
    meaning: 'Most time between SIGTERM and the end: turns finish, state is persisted, sockets close.',
  },
  INGRESS_ID: {
    group: 'operations',
    type: 'text',
    default: null,
    pattern: /^[a-zA-Z0-9-]{1,40}$/,
    form: '1 to 40 letters, digits and hyphens',
    meaning: 'Name of this ingress process; a random one unless set. Must be unique among running ones.',
  },

  PROTOCOL_PROFILE: {
    group: 'protocol',
    type: 'choice',
    default: 'head',
    values: ['head', '2021', 'retail'],
    meaning: 'Packet numbers, layouts and codes that clients speak.',
  },
  PACKET_CIPHER: {
    group: 'protocol',
    type: 'choice',
    default: 'auto',
    values: ['auto', 'none', 'rose'],
    meaning: 'Frame cipher: told apart on the first frame, never, or always.',
  },
  PACKET_CRC: {
    group: 'protocol',
    type: 'choice',
    default: 'accept-zero',
    values: ['accept-zero', 'require', 'off'],
    meaning: 'Check of the CRC field in plain frames; sent frames carry one only under `require`.',
  },
  UNKNOWN_PACKET: {
    group: 'protocol',
    type: 'choice',
    default: 'ignore',
    values: ['ignore', 'close'],
    meaning: 'What a packet of unknown type does to its connection.',
  },

  MAX_CONCURRENT_CONNECTIONS: {
    group: 'limits',
    type: 'integer',
    default: 10000,
    min: 1,
    max: 1000000,
    unit: 'connections',
    meaning: 'Client connections at a time; further ones are refused.',
  },
  MAX_CONNECTIONS_PER_ADDRESS: {
    group: 'limits',
    type: 'integer',
    default: 1000,
    min: 0,
    max: 1000000,
    unit: 'connections',
    meaning:
      'Client connections at a time from one address (IPv6: from one /64 network), of which a player has up to three; 0 is no limit.',
  },
  BUFFER_POOL_SIZE: {
    group: 'limits',
    type: 'integer',
    default: 1024,
    min: 1,
    max: 1000000,
    unit: 'buffers',
    meaning: 'Buffers of one largest frame (2,047 bytes) for frames that arrive in pieces.',
  },
  SEND_QUEUE_BYTES: {
    group: 'limits',
    type: 'integer',
    default: 262144,
    min: 4096,
    max: 67108864,
    unit: 'bytes',
    meaning: 'Bytes that may wait for a slow client before it is closed.',
  },
  IDLE_TIMEOUT: {
    group: 'limits',
    type: 'integer',
    default: 300,
    min: 1,
    max: 86400,
    unit: 's',
    meaning:
      'A connection without traffic for this long is closed; one that has never sent a packet after 30 s.',
  },
  PACKETS_PER_SECOND: {
    group: 'limits',
    type: 'integer',
    default: 60,
    min: 1,
    max: 100000,
    unit: 'packets/s',
    meaning:
      'Rate of one connection in the rate class `default`; above it reading pauses, nothing is dropped.',
  },
  PACKET_BURST: {
    group: 'limits',
    type: 'integer',
    default: 300,
    min: 1,
    max: 1000000,
    unit: 'packets',
    meaning: 'Burst of one connection in the rate class `default`.',
  },
  VIEW_LIMIT: {
    group: 'limits',
    type: 'integer',
    default: 100,
    min: 1,
    max: 10000,
    unit: 'objects',
    meaning: 'Objects that one player is shown at a time; the nearest come first.',
  },

  DATA_DIR: { group: 'state', type: 'text', default: '.data', meaning: 'Folder of the embedded database.' },
  DYNAMODB_ENDPOINT: {
    group: 'state',
    type: 'text',
    default: null,
    pattern: URL_FORM,
    form: 'a URL',
    meaning:
      'A DynamoDB to use instead of the embedded one; `aws` credentials and region come from the usual variables.',
  },
  STATE: {
    group: 'state',
    type: 'choice',
    default: 'embedded',
    values: ['embedded', 'dynamodb'],
    meaning:
      'Where state lives: the embedded engine, or DynamoDB (of AWS, or at DYNAMODB_ENDPOINT, which implies it).',
  },
  AWS_REGION: {
    group: 'state',
    type: 'text',
    default: 'us-east-1',
    meaning: 'Region of DynamoDB and Lambda.',
  },
  TABLE_PREFIX: {
    group: 'state',
    type: 'text',
    default: 'packet-edge-',
    pattern: /^[a-zA-Z0-9_.-]{0,100}$/,
    form: 'letters, digits, `_`, `.` and `-`',
    meaning: 'Put before the names of the tables.',
  },

  INVOKER: {
    group: 'functions',
    type: 'choice',
    default: 'local',
    values: ['local', 'lambda'],
    meaning: 'Families run in this process, or as Lambda functions.',
  },
  LAMBDA_ENDPOINT: {
    group: 'functions',
    type: 'text',
    default: null,
    pattern: URL_FORM,
    form: 'a URL',
    meaning: 'A Lambda API to use instead of that of AWS.',
  },
  FUNCTIONS_DIR: {
    group: 'functions',
    type: 'text',
    default: null,
    form: 'a folder',
    meaning: 'Folder of the families under INVOKER=local; that of the project unless set.',
  },
  FAMILIES: {
    group: 'functions',
    type: 'text',
    default: 'auth,character,chat,clan,combat,items,messenger,movement,operators,party,shop,trade',
    pattern: /^[a-z][a-z0-9-]*(,[a-z][a-z0-9-]*)*$/,
    form: 'family names with commas between',
    meaning:
      'Families that are routed to under INVOKER=lambda; INVOKER=local takes all that the folder holds.',
  },
  ROUTE_REGISTRY: {
    group: 'functions',
    type: 'text',
    default: null,
    pattern: /^(\/[\w.-]+)+$/,
    form: 'a path such as /packet-edge/dev/routes',
    meaning:
      'Path of the route registry in the parameter store (SSM) under INVOKER=lambda; FAMILIES is not used then.',
  },
  ROUTE_POLL: {
    group: 'functions',
    type: 'integer',
    default: 10,
    min: 1,
    max: 3600,
    unit: 's',
    meaning:
      'How often the route registry is looked at; POST /routes on the metrics port makes it look at once.',
  },
  SSM_ENDPOINT: {
    group: 'functions',
    type: 'text',
    default: null,
    pattern: URL_FORM,
    form: 'a URL',
    meaning: 'A parameter store to use instead of that of AWS.',
  },
  FUNCTION_PREFIX: {
    group: 'functions',
    type: 'text',
    default: 'packet-edge-',
    pattern: /^[a-zA-Z0-9_-]{0,40}$/,
    form: 'letters, digits, `_` and `-`',
    meaning: 'Put before the family name to get the function name.',
  },
  AUTH_SERVICE_URL: {
    group: 'functions',
    type: 'text',
    default: null,
    pattern: URL_FORM,
    form: 'a URL',
    meaning: 'An auth service over gRPC to use instead of the built-in one.',
  },
  CHARACTER_SERVICE_URL: {
    group: 'functions',
    type: 'text',
    default: null,
    pattern: URL_FORM,
    form: 'a URL',
    meaning: 'A character service over gRPC to use instead of the built-in one.',
  },
  WORLD_SERVICE_URL: {
    group: 'functions',
    type: 'text',
    default: null,
    pattern: URL_FORM,
    form: 'a URL',
    meaning: 'A world service over gRPC to use instead of the built-in one.',
  },
  SERVICE_TOKEN: {
    group: 'functions',
    type: 'text',
    default: null,
    secret: true,
    pattern: /^[\x21-\x7e]{16,}$/,
    form: 'at least 16 printable characters without spaces',
    meaning: 'Secret that remote services are called with, and that `services` asks its callers for.',
  },
  SERVICE_TIMEOUT: {
    group: 'functions',
    type: 'integer',
    default: 1000,
    min: 50,
    max: 30000,
    unit: 'ms',
    meaning: 'Most time of one call of a remote service, with its repetitions; a login may take twice that.',
  },

  AUTO_CREATE_ACCOUNTS: {
    group: 'players',
    type: 'switch',
    default: false,
    meaning: 'An unknown account is made at its first login. For development.',
  },
  LOGIN_ERRORS: {
    group: 'players',
    type: 'choice',
    default: 'exact',
    values: ['exact', 'uniform'],
    meaning: 'Whether a failed login says which of name and password was wrong.',
  },
  DUPLICATE_LOGIN: {
    group: 'players',
    type: 'choice',
    default: 'kick',
    values: ['kick', 'refuse'],
    meaning: 'A second login of an account closes the first, or is refused.',
  },
  LOGIN_FAILURES_PER_ACCOUNT: {
    group: 'players',
    type: 'integer',
    default: 5,
    min: 1,
    max: 1000000,
    unit: 'a minute',
    meaning: 'Failed logins of one account before it has to wait.',
  },
  LOGIN_FAILURES_PER_ADDRESS: {
    group: 'players',
    type: 'integer',
    default: 30,
    min: 1,
    max: 1000000,
    unit: 'a minute',
    meaning: 'Failed logins from one address before it has to wait.',
  },
  TOKEN_SECRET: {
    group: 'players',
    type: 'text',
    default: null,
    secret: true,
    pattern: /^.{32,}$/,
    form: 'at least 32 characters',
    meaning: 'Secret (HS256) of login tokens; without it token logins fail.',
  },
  SESSION_SECRET: {
    group: 'players',
    type: 'text',
    default: null,
    secret: true,
    pattern: /^.{32,}$/,
    form: 'at least 32 characters',
    meaning:
      'Mixed into what sessions keep of a password, so that the database alone is not enough to guess it; the same for all processes.',
  },
  CHANNEL_PLAYERS: {
    group: 'players',
    type: 'integer',
    default: 500,
    min: 1,
    max: 1000000,
    unit: 'players',
    meaning: 'Players that fill one channel to 100 per cent.',
  },
  MAX_PLAYERS: {
    group: 'players',
    type: 'integer',
    default: 10000,
    min: 1,
    max: 10000000,
    unit: 'sessions',
    meaning: 'Sessions at a time over all ingresses; further logins get TOO_MANY_USERS.',
  },
} as const satisfies Record<string, SettingEntry>;

export type SettingName = keyof typeof SETTINGS;
