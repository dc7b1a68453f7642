/**
 * The closed catalogue of error codes. One code names one cause everywhere: in logs, as the `reason` label of metrics,
 * as the close reason of a connection and in the generated `docs/errors.md`.
 */
export interface ErrorEntry {
  /** The part of the system that raises it. */
  readonly area:
    | 'frame'
    | 'codec'
    | 'contract'
    | 'routing'
    | 'state'
    | 'delivery'
    | 'service'
    | 'session'
    | 'config'
    | 'world';
  /** What went wrong, in one sentence. */
  readonly meaning: string;
  /** What an operator or a feature team can do about it. */
  readonly remedy: string;
  /** Whether the connection is closed because of it. */
  readonly closes: boolean;
}

export const ERRORS = {
  // frame: the bytes on the wire
  bad_size: {
    area: 'frame',
    closes: true,
    meaning: 'The size field is below the header or above the largest frame.',
    remedy: 'The peer does not speak this protocol, or speaks it encrypted while PACKET_CIPHER=none.',
  },
  bad_crc: {
    area: 'frame',
    closes: true,
    meaning: 'The CRC field of a plain frame does not match its bytes.',
    remedy: 'A damaged or hand-made frame; stock clients send 0. See PACKET_CRC.',
  },
  crc_required: {
    area: 'frame',
    closes: true,
    meaning: 'A frame without CRC arrived while PACKET_CRC=require.',
    remedy: 'Use PACKET_CRC=accept-zero for stock clients.',
  },
  bad_cipher: {
    area: 'frame',
    closes: true,
    meaning: 'The checksum of an encrypted frame does not match.',
    remedy: 'The peer uses another key or is not a client of this protocol.',
  },
  bad_padding: {
    area: 'frame',
    closes: true,
    meaning: 'The padding of an encrypted frame leaves less than a header.',
    remedy: 'The peer is not a client of this protocol.',
  },
  truncated: {
    area: 'frame',
    closes: true,
    meaning: 'The peer closed its side in the middle of a frame.',
    remedy: 'Nothing: the peer went away.',
  },
  buffers_exhausted: {
    area: 'frame',
    closes: true,
    meaning:
      'Others needed the pool buffer of its partial frame, which had been partial for longest; or it sent on and on while too much was kept for paused connections.',
    remedy: 'Raise BUFFER_POOL_SIZE or look for clients that send slowly, or floods, on purpose.',
  },
  socket_error: {
    area: 'frame',
    closes: true,
    meaning: 'The operating system reported an error on the socket.',
    remedy: 'Usually the peer went away (reset, time-out).',
  },
  bad_proxy_header: {
    area: 'frame',
    closes: true,
    meaning: 'PROXY_PROTOCOL=v2, but the connection does not begin with such a header.',
    remedy: 'Let the load balancer send PROXY protocol version 2, or set PROXY_PROTOCOL=off.',
  },
  proxy_untrusted: {
    area: 'frame',
    closes: true,
    meaning: 'A peer outside PROXY_TRUSTED connected while PROXY_PROTOCOL=v2.',
    remedy: 'Only the load balancer should reach this port; add its range to PROXY_TRUSTED if it is the one.',
  },
  idle_timeout: {
    area: 'frame',
    closes: true,
    meaning: 'No traffic arrived for the idle time.',
    remedy: 'Clients keep a connection alive with CLI_ALIVE.',
  },
  variant_undecided: {
    area: 'frame',
    closes: false,
    meaning:
      'Something was to be sent to a client whose first frame, which tells how to seal it, has not come yet.',
    remedy: 'A programming error: send only after the first frame.',
  },
  internal_error: {
    area: 'frame',
    closes: true,
    meaning: 'The ingress failed while it handled an event of this connection.',
    remedy: 'The log has the stack: report it.',
  },
  too_many_connections: {
    area: 'frame',
    closes: true,
    meaning: 'MAX_CONCURRENT_CONNECTIONS is reached.',
    remedy: 'Add ingress copies or raise the limit.',
  },
  too_many_from_address: {
    area: 'frame',
    closes: true,
    meaning: 'MAX_CONNECTIONS_PER_ADDRESS is reached by the address of the client.',
    remedy:
      'Raise the limit where many players share an address; behind a load balancer set PROXY_PROTOCOL, or all of them share its addresses.',
  },

  // codec: the fields of a packet
  unknown_type: {
    area: 'codec',
    closes: false,
    meaning: 'The packet type is not in the profile.',
    remedy: 'Check PROTOCOL_PROFILE; UNKNOWN_PACKET says whether such a connection is closed.',
  },
  unknown_packet: {
    area: 'codec',
    closes: false,
    meaning: 'A packet was named that no schema knows.',
    remedy: 'Use a name of docs/packets.md.',
  },
  unknown_profile: {
    area: 'codec',
    closes: false,
    meaning: 'The protocol profile does not exist.',
    remedy: 'Use head, 2021 or retail.',
  },
  short_payload: {
    area: 'codec',
    closes: true,
    meaning: 'The payload ends inside a field.',
    remedy: 'The peer uses another layout: check PROTOCOL_PROFILE.',
  },
  missing_terminator: {
    area: 'codec',
    closes: true,
    meaning: 'A string runs to the end of the frame without its zero byte.',
    remedy: 'The peer uses another layout: check PROTOCOL_PROFILE.',
  },
  trailing_bytes: {
    area: 'codec',
    closes: true,
    meaning: 'The payload goes on after the last field.',
    remedy: 'The peer uses another layout: check PROTOCOL_PROFILE.',
  },
  nonfinite: {
    area: 'codec',
    closes: true,
    meaning: 'A float field is NaN or infinite.',
    remedy: 'Only a hand-made client sends this.',
  },
  unknown_code: {
    area: 'codec',
    closes: true,
    meaning: 'A field holds a code that the profile of the client does not have.',
    remedy: 'The client speaks another profile, or is hand-made: check PROTOCOL_PROFILE.',
  },
  no_counterpart: {
    area: 'codec',
    closes: false,
    meaning: 'A value has no counterpart in the profile of the client; the packet is not sent.',
    remedy: 'Nothing: docs/packets.md lists what clients of the profile cannot be told.',
  },
  missing_field: {
    area: 'codec',
    closes: false,
    meaning: 'A field without default was not supplied.',
    remedy: 'Supply it; docs/packets.md lists the fields.',
  },
  unknown_field: {
    area: 'codec',
    closes: false,
    meaning: 'A field was supplied that the packet does not have.',
    remedy: 'Check the spelling against docs/packets.md.',
  },
  bad_value: {
    area: 'codec',
    closes: false,
    meaning: 'A field value has the wrong type or does not fit its width.',
    remedy: 'Check the value against docs/packets.md.',
  },
  fixed_length: {
    area: 'codec',
    closes: false,
    meaning: 'A fixed string has another length than its field.',
    remedy: 'Supply exactly that many bytes.',
  },
  inner_nul: {
    area: 'codec',
    closes: false,
    meaning: 'A string holds a zero byte, which would end it for the reader.',
    remedy: 'Remove the zero byte.',
  },
  count_overflow: {
    area: 'codec',
    closes: false,
    meaning: 'A list has more elements than its count field can say.',
    remedy: 'Send fewer elements, or several packets.',
  },
  count_mismatch: {
    area: 'codec',
    closes: false,
    meaning: 'A list of fixed length was given another number of elements.',
    remedy: 'Supply exactly the count of docs/packets.md.',
  },
  union_conflict: {
    area: 'codec',
    closes: false,
    meaning: 'A union was given parts that contradict each other.',
    remedy: 'Give either the raw member or the fields of one view.',
  },
  bad_schema: {
    area: 'codec',
    closes: false,
    meaning: 'A packet definition does not follow the vocabulary, or clashes with another one.',
    remedy: 'The message names the place; see docs/packets.md.',
  },
  frame_too_large: {
    area: 'codec',
    closes: false,
    meaning: 'The packet does not fit in the largest frame.',
    remedy: 'Send fewer list elements or a shorter text.',
  },

  // contract: what foreign code sends us
  bad_event: {
    area: 'contract',
    closes: false,
    meaning: 'The event of an invocation does not follow the contract.',
    remedy: 'See docs/contract.md.',
  },
  bad_result: {
    area: 'contract',
    closes: false,
    meaning: 'The result of an invocation does not follow the contract.',
    remedy: 'See docs/contract.md; the log names the field.',
  },
  foreign_section: {
    area: 'contract',
    closes: false,
    meaning: 'A family returned a section that it does not own.',
    remedy: 'Send a signal to the owner of the section instead.',
  },
  foreign_timer: {
    area: 'contract',
    closes: false,
    meaning: 'A family armed or cancelled a timer of another one; that change was left out.',
    remedy: 'Send a signal to the family whose manifest lists the timer.',
  },
  bad_manifest: {
    area: 'contract',
    closes: false,
    meaning: 'A family manifest is not valid.',
    remedy: 'The log names the field; see docs/contract.md.',
  },
  not_granted: {
    area: 'contract',
    closes: false,
    meaning: 'A family touched a table or a key that its manifest does not name.',
    remedy:
      'Add the key to `tables` of the family, or do not touch it: its policy on AWS would refuse it too.',
  },
  bad_route_entry: {
    area: 'contract',
    closes: false,
    meaning: 'An entry of the route registry cannot be used; the last good one stays.',
    remedy: 'The log names the problem; deploy the family again.',
  },
  registry_unreachable: {
    area: 'contract',
    closes: false,
    meaning: 'The route registry cannot be read; what is routed stays.',
    remedy: 'Look at ROUTE_REGISTRY, the network and the permissions.',
  },
  packet_claimed: {
    area: 'contract',
    closes: false,
    meaning: 'Two families claim one packet; the later one was refused.',
    remedy: 'Remove the packet from one of the manifests.',
  },

  // routing: from a packet to an invocation
  wrong_stage: {
    area: 'routing',
    closes: false,
    meaning: 'The packet is not allowed in the stage of its connection.',
    remedy: 'A client error; thirty in a minute close the connection.',
  },
  too_many_refusals: {
    area: 'routing',
    closes: true,
    meaning: 'Thirty packets in a minute came in the wrong stage.',
    remedy: 'The client is broken or hostile.',
  },
  unhandled: {
    area: 'routing',
    closes: false,
    meaning: 'A known packet that no family handles.',
    remedy: 'Nothing: stock clients send some. Deploy a family that claims it.',
  },
  handler_failed: {
    area: 'routing',
    closes: false,
    meaning: 'A handler threw; the message was answered with its failure reply.',
    remedy: 'The log has the stack; fix and deploy the family.',
  },
  turn_failed: {
    area: 'routing',
    closes: false,
    meaning: 'A turn failed alone twice and was dropped.',
    remedy: 'Look at the log of the function.',
  },
  turn_missing: {
    area: 'routing',
    closes: false,
    meaning: 'A result lacked a turn, or had one twice or one never asked for.',
    remedy: 'Fix the family: it must answer every turn of the event once.',
  },
  invoke_throttled: {
    area: 'routing',
    closes: false,
    meaning: 'The platform refused an invocation for load; nothing ran.',
    remedy: 'It is tried again. Raise the concurrency of the function.',
  },
  invoke_failed: {
    area: 'routing',
    closes: false,
    meaning: 'An invocation failed or its outcome is unknown.',
    remedy: 'It is tried again after its deadline.',
  },
  invoke_timeout: {
    area: 'routing',
    closes: false,
    meaning: 'An invocation did not answer in time.',
    remedy: 'Raise the time-out of the family or make its handlers faster.',
  },
  budget_exceeded: {
    area: 'routing',
    closes: false,
    meaning: 'A turn used up its time budget inside the function.',
    remedy: 'Make the handler faster or give the packet a lane of its own.',
  },
  queue_full: {
    area: 'routing',
    closes: true,
    meaning: 'The queue of a connection passed its bound although its reads were paused.',
    remedy:
      'A family signals to the own connection without end. As the reason of a dropped signal: others signal faster than the connection handles it; it is refused, and the connection stays.',
  },
  signal_hops: {
    area: 'routing',
    closes: false,
    meaning: 'A signal caused signals more than four deep.',
    remedy: 'Two families signal each other in a circle.',
  },
  signal_undeliverable: {
    area: 'routing',
    closes: false,
    meaning: 'The target of a signal is not connected; it came back to its sender.',
    remedy: 'Nothing: the sender handles it.',
  },
  signal_unhandled: {
    area: 'routing',
    closes: false,
    meaning: 'No family listens to this signal or timer.',
    remedy: 'Add it to the manifest of the family that should.',
  },

  // state: what must survive
  persist_failed: {
    area: 'state',
    closes: true,
    meaning: 'State could not be persisted after all retries; the replies were withheld.',
    remedy: 'Look at the database.',
  },
  ownership_lost: {
    area: 'state',
    closes: true,
    meaning: 'Another connection took this character over.',
    remedy: 'Nothing: the player is connected elsewhere.',
  },
  ownership_denied: {
    area: 'state',
    closes: false,
    meaning: 'The character could not be taken over.',
    remedy: 'Try again.',
  },
  heartbeat_lost: {
    area: 'state',
    closes: false,
    meaning: 'This ingress cannot renew its heartbeat and stops durable turns.',
    remedy: 'Look at the database and the network.',
  },
  database_down: {
    area: 'state',
    closes: false,
    meaning: 'The database does not answer.',
    remedy: 'Look at the engine or at DYNAMODB_ENDPOINT.',
  },
  database_refused: {
    area: 'state',
    closes: false,
    meaning: 'The database refused a request as wrong: no such table, no permission, or too large.',
    remedy: 'Check TABLE_PREFIX, the tables and the permissions.',
  },
  schema_newer: {
    area: 'state',
    closes: false,
    meaning: 'The stored data has a newer layout than this version of the service understands.',
    remedy: 'Deploy the newer version again, or restore a backup from before it.',
  },
  engine_missing: {
    area: 'state',
    closes: false,
    meaning: 'The embedded database has no binary for this platform.',
    remedy: 'Set DYNAMODB_ENDPOINT to a DynamoDB of your own.',
  },
  data_dir_locked: {
    area: 'state',
    closes: false,
    meaning: 'Another service uses this DATA_DIR.',
    remedy: 'Stop it or choose another DATA_DIR.',
  },

  // delivery: from a result to the sockets
  send_queue_full: {
    area: 'delivery',
    closes: true,
    meaning: 'The client reads slower than it is sent to.',
    remedy: 'Usually a bad connection. See SEND_QUEUE_BYTES.',
  },
  bus_down: {
    area: 'delivery',
    closes: false,
    meaning: 'The server at BUS_URL cannot be reached; this copy of the ingress goes on alone.',
    remedy:
      'Look at the server and the way to it. Players of other copies are not seen until it is back; nothing durable is at risk.',
  },
  bad_bus_letter: {
    area: 'delivery',
    closes: false,
    meaning:
      'Something that came over the bus was ignored: it is not from a copy of this service, or from one with the same id.',
    remedy: 'Give each copy its own INGRESS_ID, and let nothing else publish on the channels of the bus.',
  },
  bad_delivery: {
    area: 'delivery',
    closes: false,
    meaning: 'A packet of a result could not be encoded.',
    remedy: 'The log names the packet and the field; fix the family.',
  },

  // session: why a player's connection ended
  logout: { area: 'session', closes: true, meaning: 'The player logged out.', remedy: 'Nothing.' },
  kicked: {
    area: 'session',
    closes: true,
    meaning: 'A newer login of the same account took over, or an operator closed the session.',
    remedy: 'Nothing.',
  },
  switched: {
    area: 'session',
    closes: true,
    meaning: 'The client went on in another connection.',
    remedy: 'Nothing.',
  },
  client_closed: {
    area: 'session',
    closes: true,
    meaning: 'The client closed its connection.',
    remedy: 'Nothing.',
  },
  refused_by_handler: {
    area: 'session',
    closes: true,
    meaning: 'A handler asked for the connection to be closed.',
    remedy: 'The log has its reason.',
  },
  vital_failed: {
    area: 'session',
    closes: true,
    meaning: 'A step without which the client cannot go on (entering the world) was refused or failed.',
    remedy: 'The log names the signal and the reason; the client logs in again.',
  },
  shutting_down: {
    area: 'session',
    closes: true,
    meaning: 'The ingress drains before it ends.',
    remedy: 'Nothing: clients connect again.',
  },

  // service: auth, character and world behind their interfaces
  service_down: {
    area: 'service',
    closes: false,
    meaning: 'A service did not answer; the player was told so.',
    remedy: 'Look at the service.',
  },
  bad_service_message: {
    area: 'service',
    closes: false,
    meaning: 'A message of a remote service does not follow its protobuf definitions.',
    remedy: 'The message names the field; see docs/services.md.',
  },
  conflict: {
    area: 'service',
    closes: false,
    meaning: 'A conditional write lost against another one after all retries.',
    remedy: 'Nothing if rare.',
  },

  // config: before anything runs
  bad_config: {
    area: 'config',
    closes: false,
    meaning: 'A setting is missing or not valid.',
    remedy: 'The message lists all of them; see docs/config.md.',
  },
  bad_world_data: {
    area: 'world',
    closes: false,
    meaning: 'A world data file does not follow its schema.',
    remedy: 'The message names the file and the field.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** A code of the closed catalogue. */
export type ErrorCode = keyof typeof ERRORS;
