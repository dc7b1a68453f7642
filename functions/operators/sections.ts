import type { Context, HandlerResult, SignalHandler, TimerHandler } from '../../shared/kit/index.ts';
import type { OperatorsServices } from './services.ts';

/** The sections that the operators' family reads; it owns none. */
export type OperatorsSection = 'session' | 'character' | 'position' | 'presence';

export type OperatorsContext = Context<OperatorsSection, OperatorsServices>;
export type OperatorsResult = HandlerResult<OperatorsSection>;
export type OperatorsSignal = SignalHandler<OperatorsSection, OperatorsServices>;
export type OperatorsTimer = TimerHandler<OperatorsSection, OperatorsServices>;
