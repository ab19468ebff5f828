using System.Globalization;

namespace PortAudit.Audit.Wording;

/// <summary>Numbers as a reader of text sees them: thousands separated by commas, nouns in the right number, bytes in
/// decimal units.</summary>
public static class Quantity
{
    private static readonly string[] Prefixes = ["", "k", "M", "G", "T", "P", "E"];

    /// <summary>For example <c>12,345</c>.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>For example <c>1 flow</c> or <c>12,345 flows</c>.</summary>
    /// <param name="number">How many.</param>
    /// <param name="noun">The noun in the singular; its plural adds an s.</param>
    public static string Of(long number, string noun) => Of(number, noun, $"{noun}s");

    /// <summary>For example <c>1 address</c> or <c>2 addresses</c>.</summary>
    public static string Of(long number, string noun, string plural) =>
        $"{Count(number)} {Word(number, noun, plural)}";

    /// <summary>The word that agrees with the number: <c>was</c> or <c>were</c>.</summary>
    public static string Word(long number, string one, string many) => number == 1 ? one : many;

    /// <summary>Bytes in the largest decimal unit (IEC 80000-13) that keeps the number at or above 1: <c>1.2
    /// MB</c>.</summary>
    public static string Bytes(long bytes) => bytes < 1000 ? $"{Count(bytes)} B" : $"{Rounded(bytes)}B";

    /// <summary>A number for the eye: <c>999</c>, <c>1.2 M</c>.</summary>
    /// <param name="number">How many, at least 0.</param>
    public static string Rounded(long number)
    {
        var value = (double)number;
        var unit = 0;
        while (value >= 1000 && unit < Prefixes.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return unit == 0 ? Count(number) : string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {Prefixes[unit]}");
    }
}
