using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace PortAudit.Cli.Input;

/// <summary>Options that are numbers within bounds. An invalid number is one error, reported before checks across
/// options.</summary>
internal static class NumberOption
{
    /// <summary>An option.</summary>
    /// <param name="names">Its names.</param>
    /// <param name="helpName">What help calls its value.</param>
    /// <param name="description">What help says of it.</param>
    /// <param name="least">Least number.</param>
    /// <param name="most">Greatest number.</param>
    /// <param name="fallback">The number without the option; null for none, which is read as 0.</param>
    public static Option<T> Of<T>(string[] names, string helpName, string description, T least, T most,
        T? fallback = null)
        where T : struct, INumber<T>
    {
        var option = new Option<T>(names[0], names[1..])
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => Parse(names[0], least, most, result),
        };
        if (fallback is { } number)
            option.DefaultValueFactory = _ => number;
        return option;
    }

    private static T Parse<T>(string name, T least, T most, ArgumentResult result)
        where T : struct, INumber<T>
    {
        var text = result.Tokens[^1].Value;
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most)
            return number;
        result.AddError(string.Create(CultureInfo.InvariantCulture,
            $"{name} wants a number from {least:0.######} to {most:0.######}; '{text}' is not."));
        return least;
    }
}
