import { runProcess } from './process.ts';

runProcess(`usage: npm start

Runs the whole service. Settings are environment variables; see docs/config.md. For example:
  SERVICE_PORT=29001 DATA_DIR=/var/lib/packet-edge AUTO_CREATE_ACCOUNTS=true npm start`);
