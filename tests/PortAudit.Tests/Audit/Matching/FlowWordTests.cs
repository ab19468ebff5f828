using PortAudit.Audit.Matching;

namespace PortAudit.Tests.Audit.Matching;

public sealed class FlowWordTests
{
    [Fact]
    public void Verdict_and_disposition_give_one_word_or_none()
    {
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            string?[] words = [.. Enum.GetValues<Disposition>()
                .Select(disposition => FlowWords.Of(verdict, disposition)?.ToText())];
            Assert.Equal(verdict switch
            {
                Verdict.Background or Verdict.OutOfScope or Verdict.UnobservableDynamic => [null, null, null],
                _ when verdict.IsAllowed() => ["unanswered", "permitted", "misdropped"],
                _ => ["unanswered", "escaped", "blocked"],
            }, words);
        }
    }
}
