namespace PortAudit.Tests;

/// <summary>A test over the corpus of real captures, skipped in a checkout without it.</summary>
internal sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute()
    {
        if (!Directory.Exists(Repository.Corpus))
            Skip = "the corpus of real captures is not beside this checkout";
    }
}

/// <summary>A test that compares with tshark, skipped on a machine without it; under CI its absence is a failure.</summary>
internal sealed class TsharkFactAttribute : FactAttribute
{
    public TsharkFactAttribute() => Skip = Tshark.SkipReason;
}

/// <summary>A test that compares the corpus with tshark.</summary>
internal sealed class TsharkCorpusFactAttribute : FactAttribute
{
    public TsharkCorpusFactAttribute() =>
        Skip = Directory.Exists(Repository.Corpus) ? Tshark.SkipReason : "the corpus of real captures is not beside this checkout";
}
