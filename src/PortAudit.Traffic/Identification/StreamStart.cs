namespace PortAudit.Traffic.Identification;

/// <summary>The starts of both directions of a TCP stream, and which recognisers have not yet said no.</summary>
internal sealed class StreamStart
{
    /// <summary>What the low endpoint of the flow's key sent.</summary>
    public StreamPrefix Low { get; } = new();

    /// <summary>What the high endpoint sent.</summary>
    public StreamPrefix High { get; } = new();

    /// <summary>Registry rows, one bit each, whose recognisers may still match.</summary>
    public UInt128 Candidates { get; set; }

    /// <summary>Index of the row that matched and wants more, -1 while none has.</summary>
    public int Matched { get; set; } = -1;

    /// <summary>True when the low endpoint is the client, by what <see cref="Matched"/> said.</summary>
    public bool ClientIsLow { get; set; }

    /// <summary>Makes it as new.</summary>
    public void Clear(BufferPool pool, UInt128 candidates)
    {
        Low.Clear(pool);
        High.Clear(pool);
        Candidates = candidates;
        Matched = -1;
    }
}
