import { useParams } from 'react-router-dom';
import { Catalogue } from './Catalogue';
import './start.css';
import { StartOne } from './StartOne';

export default function StartPage() {
  const { key } = useParams();
  return key ? <StartOne key={key} definitionKey={key} /> : <Catalogue />;
}
