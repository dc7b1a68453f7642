export { createAccountService } from './auth/account-service.ts';
export { createAuthService } from './auth/auth-service.ts';
export { AUTH_SETTINGS, type AuthSettings, readAuthSettings } from './auth/settings.ts';
export { createCharacterService } from './character/character-service.ts';
export { createWorldService } from './world/world-service.ts';
