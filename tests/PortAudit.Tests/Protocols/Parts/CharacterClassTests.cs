using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Tests.Protocols.Parts;

public sealed class CharacterClassTests
{
    private const int Seed = 20261124;

    /// <summary>Longer than two of the blocks that are looked at together.</summary>
    private const int MaximumLength = 40;

    private static byte[][] Sets =>
    [
        [],
        [(byte)'a'],
        [.. Ascii.Range(0, 0xFF)],
        [.. Ascii.Range(0, 0x7E), .. Ascii.Range(0x80, 0xFF)],
        [.. Ascii.Range(0x20, 0x7E)],
        [.. Ascii.Range(0x20, 0x7F), .. Ascii.Range(0x80, 0xFF)],
        [(byte)'\t', .. Ascii.Range(0x20, 0x7E), .. Ascii.Range(0x80, 0xFF)],
        [.. Ascii.Range(0x7E, 0x7E), .. Ascii.Range(0x80, 0xFF)],
        [.. Ascii.Range(0x80, 0xFF)],
    ];

    [Fact]
    public void The_first_octet_that_is_not_in_a_set_is_found_wherever_it_stands()
    {
        foreach (var octets in Sets)
        {
            var set = new CharacterClass(octets);
            var inside = octets.Length > 0 ? octets[^1] : (byte)0;
            for (var octet = 0; octet <= byte.MaxValue; octet++)
            {
                Assert.Equal(octets.Contains((byte)octet), set.Contains((byte)octet));
                for (var place = 0; place < MaximumLength && octets.Length > 0; place++)
                {
                    var text = new byte[MaximumLength];
                    Array.Fill(text, inside);
                    text[place] = (byte)octet;
                    Assert.Equal(octets.Contains((byte)octet) ? -1 : place,
                        ((ReadOnlySpan<byte>)text).IndexOfAnyExcept(set));
                }
            }
        }
    }

    [Fact]
    public void Random_text_is_searched_as_by_looking_at_each_octet()
    {
        var random = new Random(Seed);
        foreach (var octets in Sets)
        {
            var set = new CharacterClass(octets);
            for (var i = 0; i < 2_000; i++)
            {
                var text = new byte[random.Next(MaximumLength)];
                random.NextBytes(text);
                for (var at = 0; at < text.Length && octets.Length > 0; at++)
                    text[at] = random.Next(30) == 0 ? text[at] : octets[random.Next(octets.Length)];
                var expected = Array.FindIndex(text, octet => !octets.Contains(octet));
                Assert.Equal(expected, ((ReadOnlySpan<byte>)text).IndexOfAnyExcept(set));
                Assert.Equal(expected >= 0, ((ReadOnlySpan<byte>)text).ContainsAnyExcept(set));
            }
        }
    }
}
