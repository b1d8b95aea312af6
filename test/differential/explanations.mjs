export const MISSED = [];
export const ELSEWHERE = [];
export const ONLY_JAVA = [];
