/** What of a verdict's reasons is in sight: the table behind "Why?", and each rule on the chart. */
class Reasons {
  whyOpen = $state(false);
  rulesOn = $state(false);

  /** Opens the reasons and, with them, the rules' marks on the chart; or closes both. */
  toggleWhy(): void {
    this.whyOpen = !this.whyOpen;
    this.rulesOn = this.whyOpen;
  }
}

export const reasons = new Reasons();
