import * as pb from '../../proto/accounts.generated.ts';

export const ACCOUNT_REFUSALS = {
  exists: pb.AccountRefusal.EXISTS,
  bad_name: pb.AccountRefusal.BAD_NAME,
  bad_password: pb.AccountRefusal.BAD_PASSWORD,
  unknown_account: pb.AccountRefusal.UNKNOWN_ACCOUNT,
} as const;
