namespace PortAudit.Fuzzing;

/// <summary>How often each block of the instrumented assembly ran. Not for several threads: a count may get lost, which
/// costs an input at most.</summary>
public static class BranchCoverage
{
    /// <summary>Blocks that are told apart; those beyond share numbers.</summary>
    public const int Blocks = 1 << 17;

    private static readonly byte[] Hits = new byte[Blocks];

    /// <summary>The counts since <see cref="Clear"/>; 255 stands for as many or more.</summary>
    public static ReadOnlySpan<byte> Counts => Hits;

    /// <summary>Counts a block: what <see cref="Instrumentation"/> has the assembly call.</summary>
    /// <param name="block">Its number, below <see cref="Blocks"/>.</param>
    public static void Hit(int block)
    {
        ref var hits = ref Hits[block];
        if (hits < byte.MaxValue)
            hits++;
    }

    /// <summary>Sets all counts to 0.</summary>
    public static void Clear() => Array.Clear(Hits);
}
