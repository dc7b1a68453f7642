export { backupData, restoreData } from './backup.ts';
export { DATA_FILE, type Engine, type EngineOptions, startEngine } from './supervisor.ts';
export { startSweeper } from './sweeper.ts';
