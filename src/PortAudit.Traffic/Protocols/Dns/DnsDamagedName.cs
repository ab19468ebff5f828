using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>A question's name (RFC 1035 §3.1) with possibly damaged bytes: its readable labels, and their
/// characters.</summary>
internal readonly ref struct DnsDamagedName
{
    /// <summary>Valid letters required: fewer prove nothing.</summary>
    public const int MinimumLetters = 6;

    /// <summary>Valid labels required. A single label is too similar to any text with a length prefix.</summary>
    private const int MinimumLabels = 2;

    /// <summary>Bytes that are neither letter nor length tolerated in an unreadable name.</summary>
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

    /// <summary>Reads the labels.</summary>
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

    /// <summary>Length read, in bytes, including the terminator.</summary>
    public int Length { get; }

    /// <summary>Invalid bytes within labels.</summary>
    public int Damaged { get; }

    /// <summary>True when the terminator was reached after enough labels and letters, whatever else is
    /// damaged.</summary>
    public bool IsWhole => _isClosed && _labels >= MinimumLabels && _letters >= MinimumLetters;

    /// <summary>True when enough labels at the start are undamaged.</summary>
    public bool BeginsSoundly => _soundLabels >= MinimumLabels && _soundLetters >= MinimumLetters;

    /// <summary>True when nearly all bytes are letters and lengths of labels.</summary>
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
