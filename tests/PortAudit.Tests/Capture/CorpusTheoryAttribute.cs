namespace PortAudit.Tests.Capture;

/// <summary>
/// A theory over the captures of the corpus with tshark as oracle. Skipped, with the reason, where the corpus is not at hand
/// or tshark is not installed; on a build server a missing tshark is a failure, so that the comparison cannot fade away.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CorpusTheoryAttribute : TheoryAttribute
{
    public CorpusTheoryAttribute()
    {
        if (Corpus.Folder is null)
            Skip = "no folder shared/corpus/captures beside the repository or above";
        else if (!Tshark.IsInstalled && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "tshark is not installed";
    }
}
