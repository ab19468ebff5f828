using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>The name of a question (RFC 1035 §3.1) in which bytes may be damaged: how far its labels can be walked, and
/// what they are made of.</summary>
internal readonly ref struct DnsDamagedName
{
    /// <summary>Letters that must be sound: with fewer a name tells nothing.</summary>
    public const int MinimumLetters = 6;

    /// <summary>Labels that must be sound. A name of one label is too like any text with its length before
    /// it.</summary>
    private const int MinimumLabels = 2;

    /// <summary>Bytes that are neither a letter nor a length in a name that cannot be walked.</summary>
    private const int MaximumOthers = 2;

    /// <summary>Longest label (RFC 1035 §2.3.4).</summary>
    private const int MaximumLabel = 63;

    /// <summary>Letters, digits and the hyphen of host names (RFC 1123 §2.1), and the underscore of services (RFC
    /// 2782).</summary>
    private static readonly CharacterClass Letters =
        new("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8);

    private readonly bool _isClosed;
    private readonly int _labels;
    private readonly int _letters;
    private readonly int _soundLabels;
    private readonly int _soundLetters;

    /// <summary>Walks the labels that <paramref name="bytes"/> begin with.</summary>
    public DnsDamagedName(ReadOnlySpan<byte> bytes)
    {
        while (Length < bytes.Length && bytes[Length] <= MaximumLabel && Length < DnsName.MaximumLength)
        {
            var size = bytes[Length];
            var rest = bytes[(Length + 1)..];
            if (size == 0)
            {
                (_isClosed, Length) = (true, Length + 1);
                return;
            }

            if (size > rest.Length)
                return;
            var letters = LettersIn(rest[..size]);
            if (_soundLabels == _labels && letters == size)
                (_soundLabels, _soundLetters) = (_soundLabels + 1, _soundLetters + letters);
            (_labels, _letters, Damaged, Length) =
                (_labels + 1, _letters + letters, Damaged + size - letters, Length + 1 + size);
        }
    }

    /// <summary>Length of what was walked, in bytes, the closing byte included.</summary>
    public int Length { get; }

    /// <summary>Bytes within labels that no name has.</summary>
    public int Damaged { get; }

    /// <summary>True when the walk came to the closing byte, over labels and letters enough, whatever is damaged beside
    /// them.</summary>
    public bool IsWhole => _isClosed && _labels >= MinimumLabels && _letters >= MinimumLetters;

    /// <summary>True when the first labels, enough of them, have no damaged byte.</summary>
    public bool BeginsSoundly => _soundLabels >= MinimumLabels && _soundLetters >= MinimumLetters;

    /// <summary>True when bytes are letters and lengths of labels but for a few.</summary>
    public static bool IsMadeOfLabels(ReadOnlySpan<byte> bytes)
    {
        var others = 0;
        foreach (var value in bytes)
        {
            if (value is 0 or > MaximumLabel && !Letters.Contains(value))
                others++;
        }

        return others <= MaximumOthers && LettersIn(bytes) > bytes.Length / 2 && LettersIn(bytes) >= MinimumLetters;
    }

    private static int LettersIn(ReadOnlySpan<byte> bytes)
    {
        var letters = 0;
        foreach (var value in bytes)
        {
            if (Letters.Contains(value))
                letters++;
        }

        return letters;
    }
}
