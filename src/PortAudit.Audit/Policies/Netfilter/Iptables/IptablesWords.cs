using System.Text;

namespace PortAudit.Audit.Policies.Netfilter.Iptables;

/// <summary>Splits a line into words as iptables-restore does.</summary>
internal static class IptablesWords
{
    /// <summary>The words of a line; quotes hold blanks together, a backslash in them takes the next character as it
    /// is. Null when a quote is not closed.</summary>
    public static List<string>? Of(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, isWord) = ('\0', false);
        for (var index = 0; index < line.Length; index++)
        {
            var character = line[index];
            if (quote != '\0')
            {
                if (character == '\\' && index + 1 < line.Length)
                    word.Append(line[++index]);
                else if (character == quote)
                    quote = '\0';
                else
                    word.Append(character);
            }
            else if (character is '"' or '\'')
            {
                (quote, isWord) = (character, true);
            }
            else if (char.IsWhiteSpace(character))
            {
                if (isWord)
                    words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
            else
            {
                word.Append(character);
                isWord = true;
            }
        }

        if (isWord)
            words.Add(word.ToString());
        return quote == '\0' ? words : null;
    }
}
