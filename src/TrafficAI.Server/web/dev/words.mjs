/** Explanations as the server would word them, in its three languages. */
const texts = {
  en: (p) => [
    `Shown: phase ${p.from} since ${p.since} (${p.elapsed} s).`,
    `The optimiser wanted phase ${p.to}: it is expected to cost ${p.best} vehicle-seconds in the next 90 s, the next best ${p.second}.`,
    `${p.queue} vehicles stand before the lanes that ${p.to} serves; the first has waited for ${p.waited} s.`,
    p.guard === 'none' ? 'Safety granted it at once.' : `Safety held it back: minimum green of ${p.from} had not ended.`,
  ],
  ru: (p) => [
    `Показана фаза ${p.from} с ${p.since} (${p.elapsed} с).`,
    `Оптимизатор запросил фазу ${p.to}: ожидаемая цена ${p.best} авт·с за следующие 90 с, у следующей по выгоде ${p.second}.`,
    `Перед полосами фазы ${p.to} стоят ${p.queue} авт.; первый ждёт ${p.waited} с.`,
    p.guard === 'none' ? 'Безопасность разрешила сразу.' : `Безопасность задержала: минимальный зелёный фазы ${p.from} не истёк.`,
  ],
  kk: (p) => [
    `${p.from} кезеңі ${p.since} бастап көрсетілуде (${p.elapsed} с).`,
    `Оңтайландырғыш ${p.to} кезеңін сұрады: келесі 90 с ішінде күтілетін құны ${p.best} көлік·с, келесі нұсқада ${p.second}.`,
    `${p.to} қызмет ететін жолақтарда ${p.queue} көлік тұр; біріншісі ${p.waited} с күтті.`,
    p.guard === 'none' ? 'Қауіпсіздік бірден рұқсат берді.' : `Қауіпсіздік кідіртті: ${p.from} кезеңінің ең аз жасылы аяқталмаған.`,
  ],
};

export function explain(language, facts) {
  return (texts[language] ?? texts.en)(facts);
}
