using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

/// <summary>Parses bytes as a view and, when that succeeds, reads every property.</summary>
/// <returns>The view's error.</returns>
internal delegate ParseError ReadView(ReadOnlySpan<byte> bytes);

/// <summary>What holds for every view over bytes.</summary>
internal static class ViewContract
{
    private const int Rounds = 20_000;

    /// <summary>Checks a good vector: every prefix is good or incomplete, changed bytes never throw, and nothing is
    /// allocated.</summary>
    /// <param name="hex">A whole structure with some payload.</param>
    /// <param name="headerLength">Bytes without which it is incomplete.</param>
    /// <param name="read">Reads the view.</param>
    public static void Holds(string hex, int headerLength, ReadView read)
    {
        var bytes = Hex.Bytes(hex);
        for (var length = 0; length <= bytes.Length; length++)
            Assert.Equal(length < headerLength ? ParseError.Incomplete : ParseError.None,
                read(bytes.AsSpan(0, length)));

        ChangedBytesNeverThrow(bytes, read);
        AllocatesNothing(bytes, read);
    }

    /// <summary>Checks that the bytes are refused with the error.</summary>
    public static void Refuses(string hex, ParseError error, ReadView read) =>
        Assert.Equal(error, read(Hex.Bytes(hex)));

    /// <summary>Checks that a good vector with one byte changed is refused with the error.</summary>
    public static void Refuses(string hex, int offset, byte value, ParseError error, ReadView read)
    {
        var bytes = Hex.Bytes(hex);
        Assert.Equal(ParseError.None, read(bytes));

        bytes[offset] = value;
        Assert.Equal(error, read(bytes));
    }

    private static void ChangedBytesNeverThrow(byte[] bytes, ReadView read)
    {
        var random = new Random(20260731);
        for (var round = 0; round < Rounds; round++)
        {
            var changed = bytes.ToArray();
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            read(changed.AsSpan(0, random.Next(changed.Length + 1)));
        }
    }

    private static void AllocatesNothing(byte[] bytes, ReadView read)
    {
        var allocated = Allocation.Least(() =>
        {
            for (var length = 0; length <= bytes.Length; length++)
                read(bytes.AsSpan(0, length));
        });

        Assert.Equal(0, allocated);
    }
}
